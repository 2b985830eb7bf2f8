import type { io } from '@tensorflow/tfjs';
import { product, Refusal } from './layer-config';

const LARGEST_FLOAT32 = 3.4028234663852886e38;

/** Checks that no stored weight is NaN or infinite: one such value makes every answer NaN. @throws Refusal */
export function checkWeightValues(specs: readonly io.WeightsManifestEntry[], weights: Uint8Array): void {
  let offset = 0;
  for (const { name, shape, quantization } of specs) {
    const size = product(shape);
    if (quantization === undefined) {
      refuse(name, hasExponentOfOnes(new Uint32Array(slice(weights, offset, size * 4)), 0x7f800000));
      offset += size * 4;
    } else if (quantization.dtype === 'float16') {
      refuse(name, hasExponentOfOnes(new Uint16Array(slice(weights, offset, size * 2)), 0x7c00));
      offset += size * 2;
    } else {
      const { scale = 1, min = 0 } = quantization as { scale?: number; min?: number };
      refuse(name, Math.max(Math.abs(min), Math.abs(255 * scale + min)) > LARGEST_FLOAT32);
      offset += size;
    }
  }
}

/** A copy, because a typed array of numbers starts at a multiple of their size. */
function slice({ buffer, byteOffset }: Uint8Array, offset: number, bytes: number): ArrayBuffer {
  return buffer.slice(byteOffset + offset, byteOffset + offset + bytes) as ArrayBuffer;
}

/** NaN and the infinities are the numbers whose exponent has every bit set. */
function hasExponentOfOnes(values: Uint32Array | Uint16Array, exponent: number): boolean {
  return values.some((bits) => (bits & exponent) === exponent);
}

function refuse(name: string, broken: boolean): void {
  if (broken) throw new Refusal('weight-values', `the weight ${name} holds NaN or an infinite number`);
}
