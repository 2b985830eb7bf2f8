export interface Repeats {
  /** Rounds that are run whatever they take. */
  readonly atLeast: number;
  readonly atMost: number;
  /** No round starts after this many seconds, once `atLeast` are done. */
  readonly seconds: number;
}

/**
 * Median milliseconds of each pass, measured in rounds: every pass once, then every pass again, so that a
 * machine that slows down for a while slows all of them. One round goes before, unmeasured: it touches memory
 * for the first time and creates XNNPACK's operators.
 */
export function timeInRounds<Name extends string>(
  passes: Readonly<Record<Name, () => void>>,
  repeats: Repeats,
): Record<Name, number> {
  const names = Object.keys(passes) as Name[];
  for (const name of names) passes[name]();
  const samples = new Map<Name, number[]>(names.map((name) => [name, []]));
  const begin = performance.now();
  for (let round = 0; round < repeats.atMost; round++) {
    if (round >= repeats.atLeast && performance.now() - begin > repeats.seconds * 1000) break;
    for (const name of names) samples.get(name)?.push(millisecondsOf(passes[name]));
  }
  return Object.fromEntries(names.map((name) => [name, median(samples.get(name) ?? [])])) as Record<
    Name,
    number
  >;
}

/** How long one call takes. The WASM and CPU backends have done the work when a call returns. */
export function millisecondsOf(pass: () => void): number {
  const start = performance.now();
  pass();
  return performance.now() - start;
}

export function median(samples: readonly number[]): number {
  const sorted = [...samples].sort((first, second) => first - second);
  const middle = sorted.length / 2;
  return sorted.length % 2 === 1
    ? (sorted[Math.floor(middle)] as number)
    : ((sorted[middle - 1] as number) + (sorted[middle] as number)) / 2;
}
