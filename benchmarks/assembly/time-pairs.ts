import { median, type Repeats } from '../wasm/timing';

/** One thing to time. What it hands back cleans up after it, outside of the time. */
export type Pass = () => Promise<() => void>;

export interface PairedTimes<Name extends string> {
  /** Median milliseconds of each pass. */
  readonly milliseconds: Readonly<Record<Name, number>>;
  /** Median over the rounds of a figure that is worked out within one round. */
  figure(of: (round: Readonly<Record<Name, number>>) => number): number;
}

/**
 * Times passes in rounds, after one round that is not counted. Figures compare times of one round, so that a machine
 * that slows down for a while slows both sides.
 *
 * @param runs of each pass in a round, whose mean is its time: more where a pass leaves garbage whose collection would
 *   fall into this run or that
 */
export async function timePairs<Name extends string>(
  passes: Readonly<Record<Name, Pass>>,
  repeats: Repeats,
  runs = 1,
): Promise<PairedTimes<Name>> {
  const names = Object.keys(passes) as Name[];
  const rounds: Record<Name, number>[] = [];
  await timeRound(names, passes, runs);
  const begin = performance.now();
  while (rounds.length < repeats.atMost) {
    if (rounds.length >= repeats.atLeast && performance.now() - begin > repeats.seconds * 1000) break;
    // Backwards every other time, so that no pass always follows the same one.
    if (rounds.length > 0) names.reverse();
    rounds.push(await timeRound(names, passes, runs));
  }
  const figure: PairedTimes<Name>['figure'] = (of) => median(rounds.map(of));
  return {
    milliseconds: Object.fromEntries(
      [...names].sort().map((name) => [name, figure((round) => round[name])]),
    ) as Record<Name, number>,
    figure,
  };
}

async function timeRound<Name extends string>(
  names: readonly Name[],
  passes: Readonly<Record<Name, Pass>>,
  runs: number,
): Promise<Record<Name, number>> {
  const times: Partial<Record<Name, number>> = {};
  for (const name of names) {
    let total = 0;
    for (let run = 0; run < runs; run++) {
      const start = performance.now();
      const cleanUp = await passes[name]();
      total += performance.now() - start;
      cleanUp();
    }
    times[name] = total / runs;
  }
  return times as Record<Name, number>;
}
