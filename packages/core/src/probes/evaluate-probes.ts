import type { FactorManifest, InputDescription } from '@factornet/spec';
import { concat, type LayersModel, type Tensor, type Tensor2D, tensor, tidy } from '@tensorflow/tfjs';
import type { FactorModels } from '../bricks/bricks';
import { seededNoise } from '../bricks/codes/seeded-noise';
import { codeOf, factorLogits } from '../bricks/model-equation';
import { runOutputs } from '../bricks/run-model';
import { normalizeImages } from '../normalize-images';
import { readMaps } from './offered';
import { picturesTensor } from './pictures-tensor';
import { refuseNonFinite } from './refuse-non-finite';

/**
 * What a common-knowledge network makes of probe pictures, `[count, Σ offered]`, row by row: z, then each map. Runs picture
 * by picture, so that it needs the memory of one.
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
  return perPicture(pictures, input, source, (picture) =>
    concat(runOutputs(network, [picture], network.outputs.length).map((output) => output.flatten())),
  );
}

/**
 * What a factor makes of probe pictures and of what goes with them: logits `[count, classes]`, row by row. Runs picture by
 * picture, with noise of seed 0, if the code needs any.
 *
 * @param offered `[count, Σ offered]`: z and the maps that the factor reads
 * @param source the factor, for messages
 * @throws NonFiniteOutputError
 */
export async function evaluateLogits(
  factor: FactorModels,
  input: InputDescription,
  pictures: Uint8Array,
  offered: Float32Array,
  source = factor.head.name,
): Promise<Float32Array> {
  return perPicture(pictures, input, source, (picture, index, count) => {
    const { z, code } = codeFor(factor, picture, offered, index, count);
    return factorLogits(factor, z, code);
  });
}

/** As {@link evaluateLogits}, for the codes that the factor ships, `[count, code]`. */
export async function evaluateCodes(
  factor: Pick<FactorModels, 'code' | 'description' | 'specific'>,
  input: InputDescription,
  pictures: Uint8Array,
  offered: Float32Array,
  source: string,
): Promise<Float32Array> {
  return perPicture(pictures, input, source, (picture, index, count) => {
    return codeFor(factor, picture, offered, index, count).code;
  });
}

function codeFor(
  factor: Pick<FactorModels, 'code' | 'description' | 'specific'>,
  picture: Tensor,
  offered: Float32Array,
  index: number,
  count: number,
) {
  const width = offered.length / count;
  const row = offered.subarray(index * width, (index + 1) * width);
  const { features: z, maps } = splitRow(row, readMaps(factor.description.reads));
  return { z, code: codeOf(factor, { maps, picture }, seededNoise({ start: index })) };
}

/** z and maps of one picture, from one behind the other. */
function splitRow(row: Float32Array, maps: FactorManifest['reads']) {
  let end = row.length;
  const found: Record<string, Tensor> = {};
  for (const { from, shape } of [...maps].reverse()) {
    const start = end - shape.reduce((size, axis) => size * axis, 1);
    found[from] = tensor(row.slice(start, end), [1, ...shape]);
    end = start;
  }
  return { features: tensor(row.slice(0, end), [1, end]) as Tensor2D, maps: found };
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
