import { add, type CommonNetwork, type FactorNetwork, gaussian } from '@factornet/core';
import { manifestOfCode } from '@factornet/core/internal';
import { decodeModel, encodeModel, modelDigest } from '@factornet/core/training';
import type { ClassificationTask, Provenance } from '@factornet/spec';
import {
  dispose,
  initializers,
  layers,
  model,
  type SymbolicTensor,
  input as tfInput,
  tidy,
} from '@tensorflow/tfjs';

export {
  commonWithMaps,
  picturesForMaps,
  type ReadingFactorOptions,
  readingFactor,
} from './testing/networks-with-maps';

// Small real networks for the tests of this package and of the assembler. Not part of the published package.

export const INPUT = {
  shape: [32, 32, 3] as [number, number, number],
  layout: 'NHWC' as const,
  normalization: { mean: [0.5, 0.4, 0.3], standardDeviation: [0.2, 0.3, 0.4] },
};
const FEATURES = 16;
const BACKBONE = { name: 'tiny', options: { filters: 4 } };
const PROVENANCE: Provenance = {
  teacher: { name: 'tiny-teacher', digest: `sha512-${'A'.repeat(86)}==` },
  data: 'shapes, seed 1',
  objective: [{ term: 'supervision', weight: 1 }],
  seed: 1,
  backend: 'cpu',
};

export const SHAPE = literalTask('shape', 'circle', 'square', 'star');
export const HUE = literalTask('object-hue', 'red', 'green', 'blue', 'grey');
export const SIZE = literalTask('size', 'small', 'large');

/** A convolutional network with batch normalization, pictures `[batch, 32, 32, 3]` to `[batch, 16]`. */
export async function tinyCommon(seed = 1): Promise<CommonNetwork> {
  const { inputs, flat } = trunk('common', seed);
  const network = model({ name: 'common', inputs, outputs: dense('features', FEATURES, seed + 1, flat) });
  return {
    kind: 'common',
    network,
    description: {
      input: INPUT,
      features: { shape: [FEATURES] },
      maps: [],
      backbone: BACKBONE,
      parameters: network.countParams(),
      representation: await modelDigest(network),
      provenance: PROVENANCE,
    },
  };
}

/**
 * A network whose features are those of `common` times `factor`: its last layer is linear, or a normalization, so scaling
 * that layer's kernel and bias, or scale and offset, by 1 + ε makes the relative drift ε, whatever the picture.
 */
export async function scaledCommon(common: CommonNetwork, factor: number): Promise<CommonNetwork> {
  const network = await decodeModel(await encodeModel(common.network, 'weights.bin'));
  const layer = network.layers.at(-1) as layers.Layer;
  const scaled = tidy(() =>
    layer.getWeights().map((weight, index) => (index < 2 ? weight.mul(factor) : weight.clone())),
  );
  layer.setWeights(scaled);
  dispose(scaled);
  const description = { ...common.description, representation: await modelDigest(network) };
  return { ...common, network, description };
}

/** A task-specific network with outputs mean and log-variance, and a head, for `common`; codes of 16 numbers, or of 5. */
export function tinyFactor<Task extends ClassificationTask>(
  common: CommonNetwork,
  task: Task,
  seed = 10,
  fusion = add(),
): FactorNetwork<Task> {
  const { inputs, flat } = trunk('specific', seed);
  const length = fusion.codeLength(FEATURES, 5);
  const outputs = [dense('mean', length, seed + 1, flat), dense('log-variance', length, seed + 2, flat)];
  const specific = model({ name: 'specific', inputs, outputs });
  const features = tfInput({ shape: [fusion.headLength(FEATURES, length)], name: 'features' });
  const head = model({
    name: 'head',
    inputs: features,
    outputs: dense('logits', task.classes.length, seed + 3, features),
  });
  return {
    kind: 'factor',
    code: gaussian(),
    fusion,
    specific,
    head,
    description: {
      task,
      fusion: { type: fusion.type },
      reads: [{ from: 'picture', shape: INPUT.shape, backbone: BACKBONE }],
      code: manifestOfCode(gaussian(), length),
      parameters: specific.countParams() + head.countParams(),
      report: {
        accuracy: 0.97,
        teacherAccuracy: 0.98,
        leakage: [
          {
            probe: 'kernel',
            examples: 100,
            tasks: { other: { value: 0.25, standardError: 0.01 } },
            mean: { value: 0.25, standardError: 0.01 },
            maximum: { value: 0.25, standardError: 0.01 },
          },
        ],
      },
      provenance: PROVENANCE,
      representation: common.description.representation,
    },
  };
}

function literalTask<const Name extends string, Classes extends string[]>(name: Name, ...classes: Classes) {
  return { name, type: 'classification', classes } as const satisfies ClassificationTask;
}

function trunk(name: string, seed: number) {
  const inputs = tfInput({ shape: INPUT.shape, name: `${name}-images` });
  const convolution = layers.conv2d({
    name: `${name}-convolution`,
    filters: 4,
    kernelSize: 4,
    strides: 4,
    activation: 'relu',
    kernelInitializer: initializers.heNormal({ seed }),
  });
  const normalization = layers.batchNormalization({ name: `${name}-normalization` });
  const flatten = layers.flatten({ name: `${name}-flatten` });
  const flat = flatten.apply(normalization.apply(convolution.apply(inputs))) as SymbolicTensor;
  return { inputs, flat };
}

function dense(name: string, units: number, seed: number, from: SymbolicTensor): SymbolicTensor {
  const kernelInitializer = initializers.glorotNormal({ seed });
  return layers.dense({ name, units, kernelInitializer }).apply(from) as SymbolicTensor;
}
