/** `f[i,j] = 2.5·sin(1.3 i − 0.7 j + 0.2) + 2·[i = j]`: scores with no symmetry, for which goldens are known. */
export function scoreFixture(batch: number): number[][] {
  return Array.from({ length: batch }, (_, row) =>
    Array.from(
      { length: batch },
      (_, column) => 2.5 * Math.sin(1.3 * row - 0.7 * column + 0.2) + (row === column ? 2 : 0),
    ),
  );
}
