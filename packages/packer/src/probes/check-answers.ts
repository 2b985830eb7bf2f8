import type { FactorModels } from '@factornet/core';
import { evaluateFeatures, evaluateLogits } from '@factornet/core/probes';
import type { InputDescription } from '@factornet/spec';
import type { LayersModel } from '@tensorflow/tfjs';
import { probePictures } from './probe-pictures';

/** A black picture, a white one and a smooth random field: the ends of what a network is given. */
function extremePictures(input: InputDescription): Uint8Array<ArrayBuffer> {
  const size = input.shape.reduce((product, axis) => product * axis, 1);
  const pictures = new Uint8Array(3 * size);
  pictures.fill(255, size, 2 * size);
  pictures.set(probePictures(input, 1), 2 * size);
  return pictures;
}

/**
 * Checks that a common-knowledge network gives finite features of more than its golden probes, which its author chose: of
 * a black picture, a white one and one between.
 *
 * @throws NonFiniteOutputError
 */
export async function checkFeatures(
  network: LayersModel,
  input: InputDescription,
  source: string,
): Promise<void> {
  await evaluateFeatures(network, input, extremePictures(input), source);
}

/**
 * As {@link checkFeatures}, for the logits of a factor.
 *
 * @param features common features of one picture, `[features]`, which stand for those of any
 * @throws NonFiniteOutputError
 */
export async function checkLogits(
  factor: FactorModels,
  input: InputDescription,
  features: Float32Array,
  source: string,
): Promise<void> {
  const three = Float32Array.from([...features, ...features, ...features]);
  await evaluateLogits(factor, input, extremePictures(input), three, source);
}
