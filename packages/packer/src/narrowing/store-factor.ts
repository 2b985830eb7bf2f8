import type { FactorNetwork } from '@factornet/core';
import { evaluateLogits, type ProbeValues, relativeDrift } from '@factornet/core/probes';
import type { InputDescription, Narrowing, WeightDtype } from '@factornet/spec';
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
 * How far a narrowed factor's logits are from its own, on golden probes with the same common features, and the share of
 * them whose likeliest class stayed the same.
 *
 * @param probes with the narrowed factor's logits
 */
export async function measureNarrowing(
  factor: FactorNetwork,
  dtype: Exclude<WeightDtype, 'float32'>,
  input: InputDescription,
  { pictures, features, logits, count }: Required<ProbeValues>,
): Promise<Narrowing> {
  const classes = logits.length / count;
  const trained = await evaluateLogits(factor, input, pictures, features);
  const row = (values: Float32Array, index: number) =>
    values.subarray(index * classes, (index + 1) * classes);
  let agreeing = 0;
  for (let index = 0; index < count; index++) {
    if (likeliest(row(trained, index)) === likeliest(row(logits, index))) agreeing += 1;
  }
  return { dtype, drift: relativeDrift(trained, logits, classes), agreement: agreeing / count };
}

const likeliest = (logits: Float32Array) => logits.indexOf(Math.max(...logits));
