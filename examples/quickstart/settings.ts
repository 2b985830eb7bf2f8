import { fileURLToPath } from 'node:url';
import { adamW } from '@factornet/core/training';
import { shapes } from '@factornet/data';
import type { InputDescription } from '@factornet/spec';
import { convolutional } from '@factornet/zoo';

export const seed = 1;
export const teacherDirectory = fileURLToPath(new URL('teacher/', import.meta.url));

/** The teacher has seen pictures turned further and noisier than those its students get. */
export const teacherData = () => shapes({ size: 24_000, seed: 100, rotation: 60, noise: 0.08 });

/** Turned by up to 45° under noise, so that shape has to be learned; hues come easily. */
export const difficulty = { rotation: 45, noise: 0.06 };
export const trainData = (size = 6000) => shapes({ size, seed: 200, ...difficulty });
export const testData = (size = 2_000) => shapes({ size, seed: 300, ...difficulty });

/** Round numbers near the pictures' own mean (0.22) and standard deviation (0.18); the teacher was trained on them. */
export const input: InputDescription = {
  shape: [32, 32, 3],
  layout: 'NHWC',
  normalization: { mean: [0.25, 0.25, 0.25], standardDeviation: [0.2, 0.2, 0.2] },
};

export const teacherBackbone = () =>
  convolutional({
    filters: [32, 64, 96],
    kernelSize: [5, 3, 3],
    strides: 2,
    pooling: 'flatten',
    features: 64,
  });

/**
 * What the common network is: its map before the last, 8×8×48, is what task-specific networks read. z is longer than these
 * tasks need, for tasks that nobody named.
 */
export const commonBackbone = () =>
  convolutional({
    filters: [24, 48, 40],
    kernelSize: [5, 3, 3],
    strides: 2,
    pooling: 'flatten',
    features: 96,
  });

/** One convolution on that map, in place of a network of the picture. */
export const specificBackbones = () => ({
  'block-2': convolutional({ filters: [16], kernelSize: 3, strides: 2, pooling: 'flatten', features: 16 }),
});

/** Epochs are of each network; batch size and optimizer are the defaults. */
export const training = { epochs: 4, batchSize: 32, seed } as const;

/** The paper's way, for comparison: all networks at once, task-specific networks of the picture, z + t. */
export const together = {
  /** Length of z and t. Few, so that the bottleneck has little room for what a task does not need. */
  common: () =>
    convolutional({
      filters: [16, 32, 64],
      kernelSize: [5, 3, 3],
      strides: 2,
      pooling: 'flatten',
      features: 16,
    }),
  /** Half as wide. */
  specific: () =>
    convolutional({
      filters: [8, 16, 32],
      kernelSize: [5, 3, 3],
      strides: 2,
      pooling: 'flatten',
      features: 32,
    }),
  training: {
    stages: 'together',
    epochs: 4,
    batchSize: 64,
    seed,
    optimizer: adamW({ learningRate: 4e-3, weightDecay: 0.01 }),
  },
} as const;
