import type { FactorNetwork } from '@factornet/core';
import { type Dataset, labelFor } from '@factornet/data';
import { type InputDescription, InvalidOptionError } from '@factornet/spec';
import type { Work } from '../context';
import { openData, tellNotes } from '../data/data-spec';
import type { PackFlags } from '../options/pack-options';

/** The pictures of `--data`, on which is measured what narrowing factors costs, if they are asked for. */
export async function openMeasured(
  factors: readonly FactorNetwork[],
  { shape }: InputDescription,
  { data: spec, dtype, taskName, limit, seed }: PackFlags,
  { kinds, log }: Work,
): Promise<Dataset | undefined> {
  if (spec === undefined) return undefined;
  if (dtype === 'float32') {
    throw new InvalidOptionError({
      option: '--data',
      expected: 'given with --dtype float16 or uint8, whose cost it measures',
      received: spec,
    });
  }
  const tasks = factors.map(({ description }) => description.task);
  const data = labelFor(tasks, await openData(spec, { taskName, limit, channels: shape[2], seed }), kinds);
  tellNotes('--data', data, log);
  return data;
}
