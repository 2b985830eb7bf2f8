import type { InputDescription } from '@factornet/spec';
import { type LayersModel, type Tensor, tensor2d, tidy } from '@tensorflow/tfjs';
import type { FactorModels } from '../bricks/bricks';
import { codeOf, factorLogits } from '../bricks/model-equation';
import { normalizeImages } from '../normalize-images';
import { picturesTensor } from './pictures-tensor';
import { refuseNonFinite } from './refuse-non-finite';

/**
 * What a common-knowledge network makes of probe pictures: features `[count, features]`, row by row. Runs picture by
 * picture, so that it needs the memory of one.
 *
 * @param source the network, for messages
 * @throws NonFiniteOutputError
 */
export async function evaluateFeatures(
  network: LayersModel,
  input: InputDescription,
  pictures: Uint8Array,
  source = network.name,
): Promise<Float32Array> {
  return perPicture(pictures, input, source, (picture) => network.predictOnBatch(picture) as Tensor);
}

/**
 * What a factor makes of probe pictures and the common features that go with them: logits `[count, classes]`, row by
 * row. Runs picture by picture.
 *
 * @param features `[count, features]`
 * @param source the factor, for messages
 * @throws NonFiniteOutputError
 */
export async function evaluateLogits(
  factor: FactorModels,
  input: InputDescription,
  pictures: Uint8Array,
  features: Float32Array,
  source = factor.head.name,
): Promise<Float32Array> {
  return perPicture(pictures, input, source, (picture, index, count) => {
    const length = features.length / count;
    const common = tensor2d(features.slice(index * length, (index + 1) * length), [1, length]);
    return factorLogits(factor, common, codeOf(factor, picture));
  });
}

async function perPicture(
  pictures: Uint8Array,
  input: InputDescription,
  source: string,
  evaluate: (picture: Tensor, index: number, count: number) => Tensor,
): Promise<Float32Array> {
  const bytes = input.shape.reduce((size, axis) => size * axis, 1);
  const count = pictures.length / bytes;
  const rows: Float32Array[] = [];
  for (let index = 0; index < count; index++) {
    const row = tidy(() => {
      const picture = picturesTensor(pictures.subarray(index * bytes, (index + 1) * bytes), input);
      return evaluate(normalizeImages(picture, input), index, count);
    });
    rows.push(await row.data<'float32'>().finally(() => row.dispose()));
  }
  const values = new Float32Array(rows.reduce((length, row) => length + row.length, 0));
  let offset = 0;
  for (const row of rows) {
    values.set(row, offset);
    offset += row.length;
  }
  refuseNonFinite(values, values.length / count, source);
  return values;
}
