/** `√n · max |F_n − F|`: the Kolmogorov–Smirnov statistic; 1.95 is exceeded by chance once in a thousand times. */
export function kolmogorovSmirnov(values: ArrayLike<number>, distribution: (at: number) => number): number {
  const sorted = Float64Array.from(values).sort();
  let most = 0;
  for (const [rank, value] of sorted.entries()) {
    const expected = distribution(value);
    const above = (rank + 1) / sorted.length - expected;
    most = Math.max(most, above, expected - rank / sorted.length);
  }
  return most * Math.sqrt(sorted.length);
}

/** The values of one column. */
export function column(
  { columns, data }: { columns: number; data: ArrayLike<number> },
  at: number,
): number[] {
  return Array.from(data).filter((_, index) => index % columns === at);
}
