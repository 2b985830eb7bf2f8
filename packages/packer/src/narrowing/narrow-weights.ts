import type { ModelBytes } from '@factornet/core/internal';
import type { WeightDtype } from '@factornet/spec';
import { Float16Array } from '@petamoriken/float16';
import type { io } from '@tensorflow/tfjs';

/** The largest finite number in half precision. */
const LARGEST_FLOAT16 = 65_504;

interface StoredWeight {
  readonly spec: io.WeightsManifestEntry;
  readonly bytes: Uint8Array;
}

/**
 * Stores a model's float32 weights in fewer bits, by the `quantization` that TensorFlow.js itself reads, so that
 * `tf.loadLayersModel` opens the result without us. The topology stays as it is.
 *
 * - `float16`: the nearest number in half precision. A weight with values beyond ±65504 stays float32.
 * - `uint8`: weights of two or more axes as `w ≈ scale · code + min`, per weight; one-axis weights (biases, batch
 *   normalization) stay float32, since they are few and every one of them moves a whole channel. Where the values lie
 *   on both sides of 0, 0 is stored exactly: a pruned dimension stays pruned.
 *
 * @example
 * const { topology, weights } = narrowWeights(await encodeModel(network, 'common.weights.bin'), 'float16');
 */
export function narrowWeights({ topology, weights }: ModelBytes, dtype: WeightDtype): ModelBytes {
  if (dtype === 'float32') return { topology, weights };
  const json = JSON.parse(new TextDecoder().decode(topology)) as {
    weightsManifest: { paths: string[]; weights: io.WeightsManifestEntry[] }[];
  };
  let offset = 0;
  const parts: Uint8Array[] = [];
  const weightsManifest = json.weightsManifest.map((group) => ({
    ...group,
    weights: group.weights.map((spec) => {
      const length = spec.shape.reduce((size, axis) => size * axis, 1);
      const values = readFloats(weights, offset, length);
      offset += length * 4;
      const stored = dtype === 'float16' ? toFloat16(spec, values) : toUint8(spec, values);
      parts.push(stored.bytes);
      return stored.spec;
    }),
  }));
  return {
    topology: new TextEncoder().encode(`${JSON.stringify({ ...json, weightsManifest })}\n`),
    weights: join(parts),
  };
}

function toFloat16(spec: io.WeightsManifestEntry, values: Float32Array): StoredWeight {
  if (values.some((value) => Math.abs(value) > LARGEST_FLOAT16)) return asFloat32(spec, values);
  const { buffer } = new Float16Array(values);
  return { spec: { ...spec, quantization: { dtype: 'float16' } }, bytes: new Uint8Array(buffer) };
}

function toUint8(spec: io.WeightsManifestEntry, values: Float32Array): StoredWeight {
  if (spec.shape.length < 2) return asFloat32(spec, values);
  let [least, most] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (let index = 0; index < values.length; index++) {
    least = Math.min(least, values[index] as number);
    most = Math.max(most, values[index] as number);
  }
  // Equal values are all code 0, whatever the scale.
  const scale = most > least ? (most - least) / 255 : 1;
  const min = least <= 0 && most >= 0 ? -Math.round(-least / scale) * scale : least;
  const bytes = new Uint8Array(values.length);
  for (let index = 0; index < values.length; index++) {
    bytes[index] = Math.min(255, Math.max(0, Math.round(((values[index] as number) - min) / scale)));
  }
  return { spec: { ...spec, quantization: { dtype: 'uint8', scale, min } }, bytes };
}

function asFloat32(spec: io.WeightsManifestEntry, values: Float32Array): StoredWeight {
  return { spec, bytes: new Uint8Array(values.buffer) };
}

/** A copy, because a Float32Array starts at a multiple of four. */
function readFloats(weights: Uint8Array<ArrayBuffer>, offset: number, length: number): Float32Array {
  const start = weights.byteOffset + offset;
  return new Float32Array(weights.buffer.slice(start, start + length * 4));
}

function join(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const joined = new Uint8Array(parts.reduce((size, part) => size + part.length, 0));
  let offset = 0;
  for (const part of parts) {
    joined.set(part, offset);
    offset += part.length;
  }
  return joined;
}
