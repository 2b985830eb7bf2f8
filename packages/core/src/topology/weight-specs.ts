import type { WeightDtype } from '@factornet/spec';
import type { io } from '@tensorflow/tfjs';
import { recordOf } from './json-value';
import { product, Refusal, type Shape } from './layer-config';

const BYTES_PER_VALUE: Readonly<Record<WeightDtype, number>> = { float32: 4, float16: 2, uint8: 1 };

/**
 * Checks that the `weightsManifest` of a model names one file beside it, and that its specifications are those of the
 * topology, one each, and fill that file exactly: values lie in it one behind the other, so that nothing can overlap or
 * reach beyond the end.
 *
 * @throws Refusal
 */
export function checkWeightsManifest(
  manifest: unknown,
  weights: ReadonlyMap<string, Shape>,
  { path, bytes }: { readonly path?: string; readonly bytes: number },
): io.WeightsManifestEntry[] {
  if (!Array.isArray(manifest) || manifest.length !== 1) {
    throw new Refusal('weight-spec', 'the weights are not in one group');
  }
  const group = recordOf(manifest[0], 'the group of weights', ['paths', 'weights'], 'weight-spec');
  const [file, ...others] = Array.isArray(group.paths) ? group.paths : [];
  // `tf.loadLayersModel` would follow it to any address.
  if (typeof file !== 'string' || others.length > 0 || !/^[a-z0-9][a-z0-9.-]*\.bin$/.test(file)) {
    throw new Refusal('file-name', 'it does not name one weight file beside it');
  }
  if (path !== undefined && file !== path) {
    throw new Refusal('file-name', `it names ${file.slice(0, 80)} for its weights in place of ${path}`);
  }
  return checkWeightSpecs(group.weights, weights, bytes);
}

function checkWeightSpecs(
  specs: unknown,
  weights: ReadonlyMap<string, Shape>,
  bytes: number,
): io.WeightsManifestEntry[] {
  if (!Array.isArray(specs)) throw new Refusal('weight-spec', 'the weight specifications are no list');
  const seen = new Set<string>();
  let expected = 0;
  for (const value of specs) {
    const spec = recordOf(value, 'a weight', ['name', 'shape', 'dtype', 'quantization'], 'weight-spec');
    const name = String(spec.name);
    const shape = typeof spec.name === 'string' ? weights.get(name) : undefined;
    if (shape === undefined) throw new Refusal('weight-spec', `no layer has the weight ${name.slice(0, 80)}`);
    if (seen.has(name)) throw new Refusal('weight-spec', `the weight ${name} is there twice`);
    seen.add(name);
    if (!isShape(spec.shape, shape)) {
      throw new Refusal('weight-spec', `the weight ${name} is not of the shape [${shape.join(', ')}]`);
    }
    if (spec.dtype !== 'float32') throw new Refusal('weight-spec', `the weight ${name} is not of float32`);
    expected += product(shape) * bytesPerValue(name, spec.quantization);
  }
  const missing = [...weights.keys()].find((name) => !seen.has(name));
  if (missing !== undefined) throw new Refusal('weight-spec', `the weight ${missing} is not specified`);
  if (expected !== bytes) {
    throw new Refusal('weight-spec', `the weights take ${expected} bytes, but the file has ${bytes}`);
  }
  return specs as io.WeightsManifestEntry[];
}

function isShape(value: unknown, shape: Shape): boolean {
  return (
    Array.isArray(value) && value.length === shape.length && shape.every((size, axis) => size === value[axis])
  );
}

function bytesPerValue(name: string, quantization: unknown): number {
  if (quantization === undefined) return BYTES_PER_VALUE.float32;
  const stored = recordOf(quantization, `the weight ${name}`, ['dtype', 'scale', 'min'], 'weight-spec');
  const { dtype, scale, min } = stored;
  if (dtype === 'float16' && scale === undefined && min === undefined) return BYTES_PER_VALUE.float16;
  if (dtype === 'uint8' && Number.isFinite(scale) && Number.isFinite(min)) return BYTES_PER_VALUE.uint8;
  throw new Refusal('weight-spec', `the weight ${name} is stored in a way that is not allowed`);
}
