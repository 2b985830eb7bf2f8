import { add, type CommonNetwork, type FactorNetwork, gaussian } from '@factornet/core';
import type { Dataset } from '@factornet/data';
import type { InputDescription, TaskDescription } from '@factornet/spec';
import {
  dispose,
  type LayersModel,
  layers,
  model,
  type SymbolicTensor,
  sequential,
  tensor1d,
  tensor2d,
} from '@tensorflow/tfjs';
import { layersTeacher } from '../teacher/layers-teacher';
import type { Teacher } from '../teacher/teacher';

/** A picture is two pixels of 0 or 1; the tasks name one pixel each. All answers can be worked out by hand. */
const input: InputDescription = {
  shape: [1, 2, 1],
  layout: 'NHWC',
  normalization: { mean: [0], standardDeviation: [1] },
};
export const knownTasks: readonly TaskDescription[] = [
  { name: 'left', type: 'classification', classes: ['off', 'on'] },
  { name: 'right', type: 'classification', classes: ['off', 'on'] },
];

/** All four pictures in turn; labels may differ from the pixels. */
export function knownData(
  size: number,
  relabel: (task: string, label: number, index: number) => number,
): Dataset {
  const pixels = (index: number) => [index & 1, (index >> 1) & 1] as const;
  return {
    name: 'pixels',
    size,
    imageShape: [1, 2, 1],
    tasks: knownTasks,
    read: async (indices) => {
      const all = Array.from(indices);
      const labels = (task: 0 | 1) =>
        Int32Array.from(all, (index) =>
          relabel(knownTasks[task]?.name as string, pixels(index)[task], index),
        );
      return {
        size: all.length,
        images: Float32Array.from(all.flatMap((index) => pixels(index))),
        labels: { left: labels(0), right: labels(1) },
      };
    },
  };
}

/** `x·kernel + bias` of a flat vector. */
function affine(name: string, kernel: number[][], bias: number[], flatten = false): LayersModel {
  const dense = layers.dense({
    units: bias.length,
    name,
    inputShape: flatten ? undefined : [kernel.length],
  } as never);
  const network = sequential({
    layers: flatten ? [layers.flatten({ inputShape: [1, 2, 1] }), dense] : [dense],
  });
  assign(network, name, kernel, bias);
  return network;
}

function assign(network: LayersModel, layer: string, kernel: number[][], bias: number[]): void {
  const weights = [tensor2d(kernel), tensor1d(bias)];
  network.getLayer(layer).setWeights(weights);
  dispose(weights);
}

function encoder(name: string, mean: number[][], logVariance: number): LayersModel {
  const images = layers.inputLayer({ inputShape: [1, 2, 1] }).output as SymbolicTensor;
  const flat = layers.flatten().apply(images) as SymbolicTensor;
  const outputs = ['mean', 'log-variance'].map(
    (part) => layers.dense({ units: 2, name: `${name}/${part}` }).apply(flat) as SymbolicTensor,
  );
  const network = model({ inputs: images, outputs });
  assign(network, `${name}/mean`, mean, [0, 0]);
  assign(
    network,
    `${name}/log-variance`,
    [
      [0, 0],
      [0, 0],
    ],
    [logVariance, logVariance],
  );
  return network;
}

/** Reads "on" if the code's first number is above ½. */
const readFirst = (): LayersModel =>
  affine(
    'head',
    [
      [0, 1],
      [0, 0],
    ],
    [0.5, 0],
  );

export interface Known {
  readonly teacher: Teacher;
  readonly common: CommonNetwork;
  readonly factors: Record<'left' | 'right', FactorNetwork>;
}

/**
 * - The teacher knows the left pixel, and says "off" for the right one always; its tap is both pixels.
 * - z is (left, 0); the factor `left` has t = 0 and reads its answer from z: its TSN is dead.
 * - The factor `right` has t = (right − left, right), so that z + t starts with the right pixel, and t tells both.
 */
export async function knownFactorization(logVariance = -20): Promise<Known> {
  const images = layers.inputLayer({ inputShape: [1, 2, 1] }).output as SymbolicTensor;
  const flat = layers.flatten({ name: 'pixels' }).apply(images) as SymbolicTensor;
  const outputs = knownTasks.map(
    ({ name }) => layers.dense({ units: 2, name: `logits-${name}` }).apply(flat) as SymbolicTensor,
  );
  const network = model({ inputs: images, outputs });
  assign(
    network,
    'logits-left',
    [
      [0, 1],
      [0, 0],
    ],
    [0.5, 0],
  );
  assign(
    network,
    'logits-right',
    [
      [0, 0],
      [0, 0],
    ],
    [1, 0],
  );
  const teacher = await layersTeacher({
    model: network,
    name: 'known',
    input,
    tasks: knownTasks,
    taps: ['pixels'],
  });
  const factor = (task: TaskDescription, mean: number[][]) =>
    ({
      kind: 'factor',
      description: {
        task,
        report: {},
        reads: [{ from: 'picture', shape: input.shape, backbone: { name: 'known', options: {} } }],
        code: { type: 'gaussian', length: 2, capacity: 'infinite', settings: { ships: 'mean' } },
      },
      code: gaussian(),
      fusion: add(),
      specific: encoder(task.name, mean, logVariance),
      head: readFirst(),
    }) as unknown as FactorNetwork;
  return {
    teacher,
    common: {
      kind: 'common',
      description: { input, features: { shape: [2] }, maps: [] },
      network: affine(
        'common',
        [
          [1, 0],
          [0, 0],
        ],
        [0, 0],
        true,
      ),
    } as unknown as CommonNetwork,
    factors: {
      left: factor(knownTasks[0] as TaskDescription, [
        [0, 0],
        [0, 0],
      ]),
      right: factor(knownTasks[1] as TaskDescription, [
        [-1, 0],
        [1, 1],
      ]),
    },
  };
}
