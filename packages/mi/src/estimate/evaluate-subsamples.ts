import { cutBetweenGroups, orderByGroup, type RowGroups, selectRows } from '@factornet/core/samples';
import { randomStream, yieldToEventLoop } from '@factornet/core/training';
import { InvalidOptionError } from '@factornet/spec';
import type { PairedSamples } from '../estimator';

const MOST_PARTS = 10;
/** Below, an estimate from neighbours is of another kind than that of all rows. */
const FEWEST_ROWS = 20;

export interface Subsamples {
  /** Infinity if there are too few rows, or groups, for two parts. */
  readonly standardError: number;
  /** The mean over two halves. */
  readonly half?: number | undefined;
}

/**
 * The standard error of an estimate, from its variance over subsamples that have no row in common. The samples are divided
 * into 2, 3, … 10 parts; a variance is inversely proportional to the number of rows, so each division tells that of the
 * whole, with as many degrees of freedom as it has parts, less one. (Resampling with replacement would repeat rows,
 * which estimators from neighbours take for much information.) Rows of a group stay together: copies tell nothing new.
 *
 * Source: Holmes, Nemenman, arXiv 1903.09280.
 */
export async function evaluateSubsamples(
  samples: PairedSamples,
  evaluate: (part: PairedSamples) => number,
  {
    groups,
    seed,
    onPart,
  }: { groups: RowGroups; seed: number; onPart: (done: number, total: number) => void },
): Promise<Subsamples> {
  const { rows } = samples.x;
  const most = Math.min(MOST_PARTS, Math.floor(rows / FEWEST_ROWS));
  let [weighted, freedom] = [0, 0];
  let half: number | undefined;
  for (let parts = 2; parts <= most; parts++) {
    const permutation = randomStream(seed, 'estimate', 'subsamples', parts).permutation(rows);
    const order = orderByGroup(permutation, groups);
    const size = Math.floor(rows / parts);
    const values: number[] = [];
    try {
      const places = Array.from({ length: parts - 1 }, (_, part) => (part + 1) * size);
      const ends = [...cutBetweenGroups(order, groups, places), rows];
      for (const [part, end] of ends.entries()) {
        onPart(parts - 2 + part / parts, most - 1);
        const start = ends[part - 1] ?? 0;
        // What division leaves over is in no part, unless groups moved the cuts.
        const stop = end === rows && start === (parts - 1) * size ? parts * size : end;
        const members = order.subarray(start, stop);
        values.push(evaluate({ x: selectRows(samples.x, members), y: selectRows(samples.y, members) }));
        await yieldToEventLoop();
      }
    } catch (error) {
      // So small a part may have fewer rows than the estimator has neighbours, or only one row of a label.
      if (InvalidOptionError.isInstance(error)) break;
      throw error;
    }
    const mean = values.reduce((sum, value) => sum + value, 0) / parts;
    if (parts === 2) half = mean;
    weighted += values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / parts;
    freedom += parts - 1;
  }
  return {
    standardError: freedom === 0 ? Number.POSITIVE_INFINITY : Math.sqrt(weighted / freedom),
    half,
  };
}
