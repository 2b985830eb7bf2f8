import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { adamW, randomStream } from '@factornet/core/training';
import { classSubsets, type Dataset, subset } from '@factornet/data';
import { imageFolder } from '@factornet/data/node';
import type { InputDescription } from '@factornet/spec';
import { convolutional } from '@factornet/zoo';
import { findPart } from './find-part';

export const seed = 1;
export const outDirectory = fileURLToPath(new URL('out/', import.meta.url));
export const teacherDirectory = join(outDirectory, 'teacher');

/** CIFAR-10's training pictures, per channel. */
export const input: InputDescription = {
  shape: [32, 32, 3],
  layout: 'NHWC',
  normalization: { mean: [0.491, 0.482, 0.447], standardDeviation: [0.247, 0.243, 0.262] },
};

/** The label space cut in two, as in the paper: 4 vehicles and 6 animals. */
export const groups = {
  vehicles: ['airplane', 'automobile', 'ship', 'truck'],
  animals: ['bird', 'cat', 'deer', 'dog', 'frog', 'horse'],
};

/** `train` or `test` of a folder that holds them as folders or tar files. */
export async function readPart(data: string, part: 'train' | 'test', signal?: AbortSignal): Promise<Dataset> {
  return imageFolder(await findPart(data, part), { task: 'class', ...(signal && { signal }) });
}

/** So many pictures drawn at random, since a folder has them class by class; all of them without a number. */
export function drawPictures(dataset: Dataset, count: number | undefined): Dataset {
  if (count === undefined) return dataset;
  return subset(dataset, randomStream(seed, 'limit').permutation(dataset.size).subarray(0, count));
}

/** The same pictures with two tasks instead of one. */
export const asTwoTasks = (dataset: Dataset): Dataset => classSubsets(dataset, 'class', groups);

export const teacherBackbone = () =>
  convolutional({ filters: [32, 64, 64, 128], kernelSize: [5, 3, 3, 3], strides: [2, 2, 1, 2] });

export const teacherTraining = {
  epochs: 5,
  batchSize: 64,
  seed,
  optimizer: adamW({ learningRate: 3e-3, weightDecay: 0.02 }),
  taps: ['teacher/block-3/relu', 'teacher/block-4/relu'],
} as const;

export const commonBackbone = () =>
  convolutional({
    filters: [32, 64, 64, 128],
    kernelSize: [5, 3, 3, 3],
    strides: [2, 2, 1, 2],
    pooling: 'flatten',
    features: 64,
  });

/** One convolution on the map before the last, 8×8×64; twice as wide as the quickstart's, since animals are hard to tell. */
export const specificBackbones = () => ({
  'block-3': convolutional({ filters: [24], kernelSize: 3, strides: 2, pooling: 'flatten', features: 32 }),
});

/**
 * Epochs are of each network. The common one takes most of the time: factors are small, and read what it computes of every
 * picture. Batch size, optimizer, objectives and codes are the defaults.
 */
export const training = { epochs: 3, batchSize: 32, seed } as const;
