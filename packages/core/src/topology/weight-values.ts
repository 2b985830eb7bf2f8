import type { io } from '@tensorflow/tfjs';
import { product, Refusal } from './layer-config';

const LARGEST_FLOAT32 = 3.4028234663852886e38;

/** Checks that no stored weight is NaN or infinite: one such value makes every answer NaN. @throws Refusal */
export function checkWeightValues(specs: readonly io.WeightsManifestEntry[], weights: Uint8Array): void {
  let offset = 0;
  for (const { name, shape, quantization } of specs) {
    const size = product(shape);
    if (quantization === undefined) {
      refuse(name, hasExponentOfOnes(view(Uint32Array, weights, offset, size), 0x7f800000));
      offset += size * 4;
    } else if (quantization.dtype === 'float16') {
      refuse(name, hasExponentOfOnes(view(Uint16Array, weights, offset, size), 0x7c00));
      offset += size * 2;
    } else {
      const { scale = 1, min = 0 } = quantization as { scale?: number; min?: number };
      refuse(name, Math.max(Math.abs(min), Math.abs(255 * scale + min)) > LARGEST_FLOAT32);
      offset += size;
    }
  }
}

type Words = Uint32Array | Uint16Array;

/** The numbers as they lie, or copied where they do not start at a multiple of their size. */
function view(
  Type: typeof Uint32Array | typeof Uint16Array,
  { buffer, byteOffset }: Uint8Array,
  offset: number,
  length: number,
): Words {
  const [start, size] = [byteOffset + offset, Type.BYTES_PER_ELEMENT];
  if (start % size === 0) return new Type(buffer as ArrayBuffer, start, length);
  return new Type(buffer.slice(start, start + size * length) as ArrayBuffer);
}

/** NaN and the infinities are the numbers whose exponent has every bit set. */
function hasExponentOfOnes(values: Words, exponent: number): boolean {
  // A loop: it is run for every weight of every package, and a function per value takes ten times as long.
  for (let index = 0; index < values.length; index++) {
    if (((values[index] as number) & exponent) === exponent) return true;
  }
  return false;
}

function refuse(name: string, broken: boolean): void {
  if (broken) throw new Refusal('weight-values', `the weight ${name} holds NaN or an infinite number`);
}
