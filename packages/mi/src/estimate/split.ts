import { selectRows } from '@factornet/core/samples';
import type { PairedSamples } from '../estimator';
import type { Plan } from './plan';

export interface Parts {
  readonly training: PairedSamples;
  readonly validation: PairedSamples;
  readonly test: PairedSamples;
}

/** The three parts of a plan. */
export function splitPairs({ x, y }: PairedSamples, { rows }: Pick<Plan, 'rows'>): Parts {
  const part = (positions: Int32Array): PairedSamples => ({
    x: selectRows(x, positions),
    y: selectRows(y, positions),
  });
  return { training: part(rows.training), validation: part(rows.validation), test: part(rows.test) };
}
