import type { FactorNetwork } from '@factornet/core';
import { randomStream } from '@factornet/core/training';
import { type Dataset, matchTasks, subset } from '@factornet/data';
import { collectCodes } from '../evaluation/collect-codes';
import { shuffleCodes } from '../evaluation/shuffle-codes';
import type { TrainableTaskKind } from '../kinds/trainable-task-kind';
import type { FrozenCommon } from '../networks/common-part';
import { codeFacts } from './code-facts';
import { diagnoseCode } from './diagnose-code';
import type { Finding } from './finding';

export interface DiagnoseFactorsRequest {
  readonly common: FrozenCommon;
  readonly factors: readonly FactorNetwork[];
  readonly kinds: readonly TrainableTaskKind[];
  /** That they were trained on. */
  readonly data: Dataset;
  readonly seed: number;
  /** How many pictures to look at. Default 1024. */
  readonly examples?: number;
  readonly signal?: AbortSignal | undefined;
}

/**
 * What is wrong with factors, as far as the pictures tell that they were trained on: some of them, chosen by the seed.
 *
 * @throws CancelledError on `signal`
 */
export async function diagnoseFactors({
  common,
  factors,
  kinds,
  data: given,
  seed,
  examples = 1024,
  signal,
}: DiagnoseFactorsRequest): Promise<Finding[]> {
  if (factors.length === 0) return [];
  const tasks = factors.map(({ description }) => description.task);
  const matched = matchTasks(given, tasks, kinds);
  const chosen = randomStream(seed, 'diagnosis').permutation(matched.size).subarray(0, examples).sort();
  const data = subset(matched, chosen);
  const offer: FrozenCommon['offer'] = ({ indices, picture }) =>
    common.offer({ indices: indices.map((index) => chosen[index] as number), picture });
  const part = { ...common, offer };
  const codes = await collectCodes({ teacher: undefined, common: part, factors, kinds, data, seed, signal });
  await shuffleCodes({ factors, columns: codes.columns, seed, signal });
  return factors.flatMap((factor) => diagnoseCode(codeFacts({ codes, factor, kinds, seed })));
}
