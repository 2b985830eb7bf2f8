import type { FactorNetwork } from '@factornet/core';
import { evaluateLogits, type ProbeValues, relativeDrift } from '@factornet/core/probes';
import type { InputDescription, Narrowing, TaskKind, WeightDtype } from '@factornet/spec';
import { type StoredModel, storeModel } from './store-model';

/** A factor as its package holds it. */
export interface StoredFactor {
  readonly specific: StoredModel;
  readonly head: StoredModel;
  dispose(): void;
}

/** What narrowing cost in accuracy. */
export type NarrowedAccuracy = NonNullable<Narrowing['accuracy']>;

/** {@link storeModel} for both networks of a factor. @throws RefusedPackageError */
export async function storeFactor(
  factor: FactorNetwork,
  dtype: WeightDtype,
  source: string,
): Promise<StoredFactor> {
  const specific = await storeModel(factor.specific, 'specific', dtype, source);
  try {
    const head = await storeModel(factor.head, 'head', dtype, source);
    return {
      specific,
      head,
      dispose() {
        specific.dispose();
        head.dispose();
      },
    };
  } catch (error) {
    specific.dispose();
    throw error;
  }
}

/**
 * How far a narrowed factor's logits are from its own, on golden probes with the same common features, and, of kinds
 * whose answer is one of several, the share of them whose answer stayed the same.
 *
 * @param probes with the narrowed factor's logits
 */
export async function measureNarrowing(
  factor: FactorNetwork,
  kind: TaskKind,
  dtype: Exclude<WeightDtype, 'float32'>,
  input: InputDescription,
  { pictures, features, logits, count }: Required<ProbeValues>,
): Promise<Narrowing> {
  const { task } = factor.description;
  const trained = await evaluateLogits(factor, input, pictures, features);
  const drift = relativeDrift(trained, logits, [logits.length / count]);
  if (kind.answer === undefined) return { dtype, drift };
  const [before, after] = [kind.decode(trained, task), kind.decode(logits, task)];
  let agreeing = 0;
  for (let index = 0; index < count; index++) {
    if (kind.answer(before, index) === kind.answer(after, index)) agreeing += 1;
  }
  return { dtype, drift, agreement: agreeing / count };
}
