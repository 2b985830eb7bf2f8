import { selectRows } from '@factornet/core/samples';
import { randomStream } from '@factornet/core/training';
import type { PairedSamples } from '../estimator';
import type { Plan } from './plan';

export interface Parts {
  readonly training: PairedSamples;
  readonly validation: PairedSamples;
  readonly test: PairedSamples;
}

/** Three parts without a row in common, in random order: recordings and sorted tables have trends. */
export function splitPairs({ x, y }: PairedSamples, { training, validation, seed }: Plan): Parts {
  const order = randomStream(seed, 'estimate', 'split').permutation(x.rows);
  const part = (start: number, end?: number): PairedSamples => {
    const rows = order.subarray(start, end);
    return { x: selectRows(x, rows), y: selectRows(y, rows) };
  };
  return {
    training: part(0, training),
    validation: part(training, training + validation),
    test: part(training + validation),
  };
}
