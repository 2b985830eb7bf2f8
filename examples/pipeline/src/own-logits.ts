import {
  type CommonNetwork,
  codeOf,
  type FactorNetwork,
  factorLogits,
  normalizeImages,
} from '@factornet/core';
import { type Dataset, eachBatch } from '@factornet/data';
import { type Tensor2D, tidy } from '@tensorflow/tfjs';

/** A factor's own logits `[pictures × classes]`, computed by its Layers models alone: what an assembly must equal. */
export async function ownLogits(
  common: CommonNetwork,
  factor: FactorNetwork,
  data: Dataset,
): Promise<Float32Array> {
  const classes = factor.description.task.classes.length;
  const all = new Float32Array(data.size * classes);
  // As the consumer does: another batch size rounds differently in the last bit.
  await eachBatch(data, { batchSize: 100 }, async ({ images, start }) => {
    const logits = tidy(() => {
      const inputs = normalizeImages(images, common.description.input);
      const z = common.network.predictOnBatch(inputs) as Tensor2D;
      return factorLogits(factor, z, codeOf(factor, inputs));
    });
    all.set(await logits.data<'float32'>(), start * classes);
    logits.dispose();
  });
  return all;
}

/** Largest absolute difference of two arrays. @throws RangeError if their lengths differ */
export function maxAbsoluteDifference(one: ArrayLike<number>, other: ArrayLike<number>): number {
  if (one.length !== other.length) throw new RangeError(`${one.length} values against ${other.length}`);
  let largest = 0;
  for (let index = 0; index < one.length; index++) {
    largest = Math.max(largest, Math.abs((one[index] as number) - (other[index] as number)));
  }
  return largest;
}
