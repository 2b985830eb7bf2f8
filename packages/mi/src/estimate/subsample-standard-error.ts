import { selectRows } from '@factornet/core/samples';
import { randomStream, yieldToEventLoop } from '@factornet/core/training';
import { InvalidOptionError } from '@factornet/spec';
import type { PairedSamples } from '../estimator';

const MOST_PARTS = 10;
/** Below, an estimate from neighbours is of another kind than that of all rows. */
const FEWEST_ROWS = 20;

/**
 * The standard error of an estimate, from its variance over subsamples that have no row in common. The samples are divided
 * into 2, 3, … 10 parts; a variance is inversely proportional to the number of rows, so each division tells that of the
 * whole, with as many degrees of freedom as it has parts, less one. (Resampling with replacement would repeat rows,
 * which estimators from neighbours take for much information.)
 *
 * Infinity if there are too few rows for two parts.
 *
 * Source: Holmes, Nemenman, arXiv 1903.09280.
 */
export async function subsampleStandardError(
  samples: PairedSamples,
  evaluate: (part: PairedSamples) => number,
  { seed, onPart }: { seed: number; onPart: (done: number, total: number) => void },
): Promise<number> {
  const { rows } = samples.x;
  const most = Math.min(MOST_PARTS, Math.floor(rows / FEWEST_ROWS));
  let [weighted, freedom] = [0, 0];
  for (let parts = 2; parts <= most; parts++) {
    const order = randomStream(seed, 'estimate', 'subsamples', parts).permutation(rows);
    const size = Math.floor(rows / parts);
    const values: number[] = [];
    try {
      for (let part = 0; part < parts; part++) {
        onPart(parts - 2 + part / parts, most - 1);
        const members = order.subarray(part * size, (part + 1) * size);
        values.push(evaluate({ x: selectRows(samples.x, members), y: selectRows(samples.y, members) }));
        await yieldToEventLoop();
      }
    } catch (error) {
      // So small a part may have fewer rows than the estimator has neighbours, or only one row of a label.
      if (InvalidOptionError.isInstance(error)) break;
      throw error;
    }
    const mean = values.reduce((sum, value) => sum + value, 0) / parts;
    weighted += values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / parts;
    freedom += parts - 1;
  }
  return freedom === 0 ? Number.POSITIVE_INFINITY : Math.sqrt(weighted / freedom);
}
