import type { Dataset } from '@factornet/data';
import { evaluateFactorization, type Factorization, type Teacher } from '@factornet/factorizer';
import type { CodeResult } from '../results';

/** What others' tasks, and the own one, can be read of in what ships; and what heads lose without it. */
export async function measureCodes(
  { common, factors }: Factorization,
  teacher: Teacher,
  data: Dataset,
): Promise<CodeResult> {
  const evaluation = await evaluateFactorization({ teacher, common, factors, data, seed: 1 });
  const found = Object.entries(evaluation.factors);
  const { mean, maximum } = evaluation.leakage.kernel ?? {};
  if (mean === undefined || maximum === undefined) throw new Error('the kernel read nothing');
  return {
    leakage: { kernel: { mean: mean.value, max: maximum.value } },
    ownTask: Object.fromEntries(
      found.map(([task, { normalisedFromSpecificAlone: own }]) => [task, own.kernel?.value as number]),
    ),
    codeMatters: Object.fromEntries(
      found.map(([task, { codeMatters }]) => {
        if (codeMatters === undefined) throw new Error(`the task "${task}" has no labels`);
        const { whenShuffled, whenZeroed } = codeMatters;
        const told = ({ lost, standardError }: typeof whenShuffled) => ({ loss: lost, standardError });
        return [task, { shuffled: told(whenShuffled), zeroed: told(whenZeroed) }];
      }),
    ),
  };
}
