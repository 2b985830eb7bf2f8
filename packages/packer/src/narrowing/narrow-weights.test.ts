import { useBackend } from '@factornet/core';
import type { ModelBytes } from '@factornet/core/internal';
import { encodeModel } from '@factornet/core/training';
import { io } from '@tensorflow/tfjs';
import { beforeAll, describe, expect, it } from 'vitest';
import { tinyCommon } from '../testing';
import { narrowWeights } from './narrow-weights';

/** A model file with these weights, one behind the other. */
function modelOf(weights: Readonly<Record<string, { shape: number[]; values: number[] }>>): ModelBytes {
  const specs = Object.entries(weights).map(([name, { shape }]) => ({ name, shape, dtype: 'float32' }));
  const topology = {
    modelTopology: { any: 'thing' },
    weightsManifest: [{ paths: ['w.bin'], weights: specs }],
  };
  const values = Float32Array.from(Object.values(weights).flatMap((weight) => weight.values));
  return {
    topology: new TextEncoder().encode(JSON.stringify(topology)),
    weights: new Uint8Array(values.buffer),
  };
}

const parse = ({ topology }: ModelBytes) => JSON.parse(new TextDecoder().decode(topology));

/** What TensorFlow.js itself makes of the bytes. */
async function dequantize(bytes: ModelBytes): Promise<Record<string, number[]>> {
  const specs: io.WeightsManifestEntry[] = parse(bytes).weightsManifest[0].weights;
  const tensors = io.decodeWeights(bytes.weights.buffer, specs);
  const values: Record<string, number[]> = {};
  for (const [name, tensor] of Object.entries(tensors)) {
    values[name] = [...(await tensor.data())];
    tensor.dispose();
  }
  return values;
}

beforeAll(() => useBackend('cpu'));

describe('narrowWeights to float16', () => {
  it('stores the nearest half-precision numbers, known bit by bit', async () => {
    // 1/3 lies between 1365/4096 and 1366/4096; 2049 halfway between 2048 and 2050, the even one; 2⁻²⁴ is the least.
    const values = [1, -2, 0.5, 1 / 3, 2049, 65504, 2 ** -24, 0];
    const narrow = narrowWeights(modelOf({ kernel: { shape: [2, 4], values } }), 'float16');
    expect([...new Uint16Array(narrow.weights.buffer)]).toEqual([
      0x3c00, 0xc000, 0x3800, 0x3555, 0x6800, 0x7bff, 0x0001, 0x0000,
    ]);
    expect(await dequantize(narrow)).toEqual({
      kernel: [1, -2, 0.5, 1365 / 4096, 2048, 65504, 2 ** -24, 0],
    });
    expect(parse(narrow)).toEqual({
      modelTopology: { any: 'thing' },
      weightsManifest: [
        {
          paths: ['w.bin'],
          weights: [{ name: 'kernel', shape: [2, 4], dtype: 'float32', quantization: { dtype: 'float16' } }],
        },
      ],
    });
  });

  it('leaves a weight as it is that half precision cannot hold', async () => {
    const narrow = narrowWeights(
      modelOf({ big: { shape: [2], values: [65505, 1] }, bias: { shape: [3], values: [1, 2, 3] } }),
      'float16',
    );
    expect(narrow.weights.length).toBe(2 * 4 + 3 * 2);
    expect(await dequantize(narrow)).toEqual({ big: [65505, 1], bias: [1, 2, 3] });
  });
});

describe('narrowWeights to uint8', () => {
  it('stores scale · code + min, with 0 exactly', async () => {
    // The range is 255 hundredths, so every hundredth has a code of its own.
    const values = [-1, 1.55, 0, 0.01, -0.994, 0.5];
    const narrow = narrowWeights(modelOf({ kernel: { shape: [3, 2], values } }), 'uint8');
    expect([...narrow.weights]).toEqual([0, 255, 100, 101, 1, 150]);
    const { kernel } = await dequantize(narrow);
    [-1, 1.55, 0, 0.01, -0.99, 0.5].forEach((value, index) => {
      expect(kernel?.[index]).toBeCloseTo(value, 6);
    });
    expect(kernel?.[2]).toBe(0);
  });

  it('keeps every value within half a step, and 0 exactly where the range does not fall on it', async () => {
    const values = Array.from({ length: 64 }, (_, index) => Math.sin(index * 1.7) * (index % 5) - 0.3);
    values[7] = 0;
    const original = modelOf({ kernel: { shape: [8, 8], values } });
    const { kernel } = await dequantize(narrowWeights(original, 'uint8'));
    const step = (Math.max(...values) - Math.min(...values)) / 255;
    values.forEach((value, index) => {
      expect(Math.abs((kernel?.[index] as number) - value)).toBeLessThanOrEqual(step * 0.5001);
    });
    expect(kernel?.[7]).toBe(0);
  });

  it.each([
    ['positive', [2, 3, 2.5, 2.75]],
    ['negative', [-3, -2, -2.5, -2.25]],
    ['equal', [0.1, 0.1, 0.1, 0.1]],
    ['zero', [0, 0, 0, 0]],
  ])('holds %s values', async (_, values) => {
    const narrow = narrowWeights(modelOf({ kernel: { shape: [2, 2], values } }), 'uint8');
    expect(narrow.weights.length).toBe(4);
    const { kernel } = await dequantize(narrow);
    values.forEach((value, index) => {
      expect(Math.abs((kernel?.[index] as number) - value)).toBeLessThanOrEqual(0.5 / 255 + 1e-7);
    });
    expect(kernel?.[0]).toBeCloseTo(values[0] as number, 6);
  });

  it('leaves weights of one axis as they are, wherever they lie in the file', async () => {
    const narrow = narrowWeights(
      modelOf({
        kernel: { shape: [1, 3], values: [0, 1, 2.55] },
        bias: { shape: [2], values: [0.123456789, 9] },
      }),
      'uint8',
    );
    expect(narrow.weights.length).toBe(3 + 8);
    expect((await dequantize(narrow)).bias).toEqual([Math.fround(0.123456789), 9]);
  });
});

describe('narrowWeights', () => {
  it('is the identity for float32, and changes nothing that it is given', async () => {
    const common = await tinyCommon();
    const bytes = await encodeModel(common.network, 'common.weights.bin');
    const before = structuredClone(bytes);
    expect(narrowWeights(bytes, 'float32')).toEqual(before);
    const half = narrowWeights(bytes, 'float16');
    expect(half.weights.length * 2).toBe(bytes.weights.length);
    expect(bytes).toEqual(before);
    expect(narrowWeights(bytes, 'float16')).toEqual(half);
    common.network.dispose();
  });
});
