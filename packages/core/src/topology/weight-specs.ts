import type { WeightDtype } from '@factornet/spec';
import type { io } from '@tensorflow/tfjs';
import { product, Refusal, type Shape } from './layer-config';

const BYTES_PER_VALUE: Readonly<Record<WeightDtype, number>> = { float32: 4, float16: 2, uint8: 1 };

/**
 * Checks that weight specifications are those of the topology, one each, and that their values fill the weight file
 * exactly: they lie in it one behind the other, so nothing can overlap or reach beyond the end.
 *
 * @throws Refusal
 */
export function checkWeightSpecs(
  specs: unknown,
  weights: ReadonlyMap<string, Shape>,
  bytes: number,
): io.WeightsManifestEntry[] {
  if (!Array.isArray(specs)) throw new Refusal('weight-spec', 'the weight specifications are no list');
  const seen = new Set<string>();
  let expected = 0;
  for (const spec of specs as (io.WeightsManifestEntry | null)[]) {
    const name = typeof spec?.name === 'string' ? spec.name : undefined;
    const shape = name === undefined ? undefined : weights.get(name);
    if (spec === null || name === undefined || shape === undefined) {
      throw new Refusal('weight-spec', `no layer has the weight ${String(name).slice(0, 80)}`);
    }
    if (seen.has(name)) throw new Refusal('weight-spec', `the weight ${name} is there twice`);
    seen.add(name);
    if (!Array.isArray(spec.shape) || spec.shape.join() !== shape.join()) {
      const found = Array.isArray(spec.shape)
        ? spec.shape.slice(0, 8).join(', ')
        : String(spec.shape).slice(0, 80);
      throw new Refusal('weight-spec', `the weight ${name} is [${found}] in place of [${shape.join(', ')}]`);
    }
    if (spec.dtype !== 'float32' || 'group' in spec) {
      throw new Refusal('weight-spec', `the weight ${name} is not a float32 weight of the model`);
    }
    expected += product(shape) * bytesPerValue(name, spec.quantization);
  }
  const missing = [...weights.keys()].find((name) => !seen.has(name));
  if (missing !== undefined) throw new Refusal('weight-spec', `the weight ${missing} is not specified`);
  if (expected !== bytes) {
    throw new Refusal('weight-spec', `the weights take ${expected} bytes, but the file has ${bytes}`);
  }
  return specs as io.WeightsManifestEntry[];
}

function bytesPerValue(name: string, quantization: io.WeightsManifestEntry['quantization']): number {
  if (quantization === undefined) return BYTES_PER_VALUE.float32;
  const { dtype, scale, min } = Object(quantization) as { dtype?: unknown; scale?: unknown; min?: unknown };
  if (dtype === 'float16' && scale === undefined && min === undefined) return BYTES_PER_VALUE.float16;
  if (dtype === 'uint8' && Number.isFinite(scale) && Number.isFinite(min)) return BYTES_PER_VALUE.uint8;
  throw new Refusal('weight-spec', `the weight ${name} is stored in a way that is not allowed`);
}
