import { useBackend } from '@factornet/core';
import { shapes } from '@factornet/data';
import { type Backbone, convolutional, mobileNetV2, multiTaskClassifier, residual } from '@factornet/zoo';
import { backend, dispose, memory, ones, type Scalar, type Tensor, variableGrads } from '@tensorflow/tfjs';
import { beforeAll, describe, expect, it } from 'vitest';
import { trainTeacher } from '../teacher/train-teacher';
import { memoryCheckpoint } from '../testing/memory-checkpoint';
import { stepMemory } from './step-memory';

const SMALL_STRIDES = { stemStride: 1, strides: [1, 1, 2, 2, 1, 2, 1] } as const;

interface Module {
  _malloc(bytes: number): number;
  _free(address: number): void;
}

/** Bytes that are allocated at once while `body` runs, beyond those before. */
function peakOf(body: () => void): number {
  const { wasm } = backend() as unknown as { wasm: Module };
  // Emscripten replaces both when they are first called.
  wasm._free(wasm._malloc(16));
  const { _malloc, _free } = wasm;
  const sizes = new Map<number, number>();
  let [live, peak] = [0, 0];
  wasm._malloc = (bytes) => {
    const address = _malloc(bytes);
    sizes.set(address, bytes);
    live += bytes;
    peak = Math.max(peak, live);
    return address;
  };
  wasm._free = (address) => {
    live -= sizes.get(address) ?? 0;
    sizes.delete(address);
    _free(address);
  };
  body();
  Object.assign(wasm, { _malloc, _free });
  return peak;
}

beforeAll(async () => {
  await useBackend('wasm');
});

describe('the memory of a step', () => {
  it.each<[string, Backbone]>([
    ['convolutional', convolutional({ filters: [16, 32] })],
    ['without normalization', convolutional({ filters: [16, 32], normalization: 'none' })],
    ['residual', residual({ filters: [16, 32], blocksPerStage: 1 })],
    ['mobileNetV2', mobileNetV2({ ...SMALL_STRIDES, width: 0.25 })],
  ])('of %s is what it is estimated to be, or some percent more', (name, backbone) => {
    const network = backbone.create({
      inputShape: [32, 32, 3],
      seed: 1,
      name: `memory-${name.replace(' ', '-')}`,
    });
    const pictures = ones([4, 32, 32, 3]);
    const { perPicture, weights } = stepMemory([network]);
    const peak = peakOf(() => {
      const loss = () => (network.apply(pictures, { training: true }) as Tensor).mean() as Scalar;
      dispose(variableGrads(loss) as never);
    });
    const ratio = peak / (4 * perPicture + weights);
    expect(ratio, `${ratio}`).toBeGreaterThan(0.95);
    expect(ratio).toBeLessThan(1.15);
    network.dispose();
    pictures.dispose();
  });
});

describe('training that would not fit', () => {
  it.each([
    [64, 16],
    [32, 64],
  ])('of MobileNetV2 ×1 on %i × %i pictures is refused before the first step', async (size, batchSize) => {
    const data = shapes({ size: 128, seed: 1, imageSize: size } as never);
    const input = {
      shape: [size, size, 3],
      layout: 'NHWC',
      normalization: { mean: [0, 0, 0], standardDeviation: [1, 1, 1] },
    } as const;
    const model = multiTaskClassifier({
      backbone: mobileNetV2(SMALL_STRIDES),
      tasks: data.tasks.map(({ name, classes }) => ({ name, classes: classes.length })),
      inputShape: [size, size, 3],
      seed: 1,
      name: `large-${size}`,
    });
    const checkpoint = memoryCheckpoint();
    const before = memory().numTensors;
    const run = trainTeacher({
      model,
      input: input as never,
      tasks: data.tasks,
      data,
      batchSize,
      epochs: 1,
      checkpoint,
    });
    await expect(run).rejects.toMatchObject({ code: 'step-too-large', batchSize });
    const { largest } = (await run.catch((error: unknown) => error)) as { largest: number };
    expect(largest).toBeGreaterThan(4);
    expect(largest).toBeLessThan(batchSize);
    expect(checkpoint.saved()).toBeUndefined();
    expect(memory().numTensors).toBe(before);
    model.dispose();
  });
});
