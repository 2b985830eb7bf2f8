import { disposeBrick, type FactorNetwork } from '@factornet/core';
import { packFactorization } from '@factornet/pipeline';
import type { ClassificationTask, InputDescription, WeightDtype } from '@factornet/spec';
import type { Backbone } from '@factornet/zoo';
import { type PackedFolder, packTarballs } from './pack-tarballs';
import { untrainedCommon, untrainedFactor } from './untrained-networks';

export type { PackedFolder } from './pack-tarballs';

export interface UntrainedNetworks {
  /** npm scope of the packages. */
  readonly scope: string;
  readonly input: InputDescription;
  readonly common: Backbone;
  readonly specific: Backbone;
  readonly tasks: readonly ClassificationTask[];
  /** How weights are stored. Default `float32`. */
  readonly dtype?: WeightDtype;
}

/** Packs networks with their initial weights as `<scope>/common` and `<scope>/<task>`; the common one comes first. */
export async function packUntrained(
  { scope, input, common: backbone, specific, tasks, dtype }: UntrainedNetworks,
  directory: string,
): Promise<PackedFolder[]> {
  const common = await untrainedCommon(backbone, input);
  const factors: Record<string, FactorNetwork> = {};
  try {
    for (const task of tasks) factors[task.name] = untrainedFactor(common, task, specific);
    const nameOf = (part: string) => `${scope}/${part}`;
    return await packTarballs(
      await packFactorization({ common, factors }, { directory, nameOf, dtype }),
      directory,
    );
  } finally {
    for (const brick of [common, ...Object.values(factors)]) disposeBrick(brick);
  }
}
