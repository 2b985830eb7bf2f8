import type { InputDescription } from '@factornet/spec';
import { type LayersModel, type Tensor, type Tensor2D, tensor2d, tidy } from '@tensorflow/tfjs';
import { normalizeImages } from '../normalize-images';
import { picturesTensor } from './probe-pictures';

/** What a common-knowledge network makes of probe pictures: features `[count, features]`, row by row. */
export async function evaluateFeatures(
  network: LayersModel,
  input: InputDescription,
  pictures: Uint8Array,
): Promise<Float32Array> {
  return read(
    tidy(() => network.predictOnBatch(normalizeImages(picturesTensor(pictures, input), input)) as Tensor),
  );
}

/**
 * What a factor makes of probe pictures and the common features that go with them, `head(z + mean of t)`: logits
 * `[count, classes]`, row by row.
 *
 * @param features `[count, features]`
 */
export async function evaluateLogits(
  { specific, head }: { readonly specific: LayersModel; readonly head: LayersModel },
  input: InputDescription,
  pictures: Uint8Array,
  features: Float32Array,
): Promise<Float32Array> {
  return read(
    tidy(() => {
      const normalized = normalizeImages(picturesTensor(pictures, input), input);
      const [mean] = specific.predictOnBatch(normalized) as [Tensor2D, Tensor2D];
      return head.predictOnBatch(mean.add(tensor2d(features, mean.shape))) as Tensor;
    }),
  );
}

async function read(values: Tensor): Promise<Float32Array> {
  try {
    return await values.data<'float32'>();
  } finally {
    values.dispose();
  }
}
