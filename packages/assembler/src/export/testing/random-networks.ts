import { add, type CommonNetwork, type FactorNetwork, gaussian } from '@factornet/core';
import { manifestOfCode } from '@factornet/core/internal';
import { modelDigest, randomStream } from '@factornet/core/training';
import type { ClassificationTask, InputDescription, Provenance } from '@factornet/spec';
import {
  type Backbone,
  classificationHead,
  convolutional,
  mobileNetV2,
  residual,
  stochasticEncoder,
} from '@factornet/zoo';
import { type LayersModel, tensor } from '@tensorflow/tfjs';

// Networks of the zoo whose every weight is random, batch normalization's statistics included, so that nothing that
// folding gets wrong stays hidden behind a 0 or a 1.

export const pictureInput: InputDescription = {
  shape: [16, 16, 3],
  layout: 'NHWC',
  normalization: { mean: [0.5, 0.4, 0.3], standardDeviation: [0.2, 0.3, 0.4] },
};

/** One of each kind in the zoo, with the options that change which layers there are. */
export const zoo = {
  convolutional: convolutional({ filters: [4, 6], features: 8 }),
  'convolutional, flattened, without normalization': convolutional({
    filters: [4, 6],
    kernelSize: [5, 3],
    strides: 2,
    features: 8,
    normalization: 'none',
    pooling: 'flatten',
  }),
  residual: residual({ filters: [4, 6], blocksPerStage: 2, features: 8 }),
  mobileNetV2: mobileNetV2({ width: 0.1, stemStride: 1, features: 8 }),
} satisfies Record<string, Backbone>;

const provenance: Provenance = { data: 'none', objective: [], seed: 1, backend: 'cpu' };

/** Replaces every weight: variances lie in [0.5, 2], factors around 1, all else around 0. */
export function randomizeWeights(model: LayersModel, seed: number): void {
  for (const layer of model.layers) {
    const replaced = layer.weights.map((weight) => {
      const { size, shape } = weight.read();
      const stream = randomStream(seed, weight.originalName);
      const draw = valuesOf(weight.originalName, shape as number[]);
      return tensor(
        Float32Array.from({ length: size }, () => draw(stream)),
        shape as number[],
      );
    });
    layer.setWeights(replaced);
    for (const each of replaced) each.dispose();
  }
}

type Stream = ReturnType<typeof randomStream>;

function valuesOf(name: string, shape: readonly number[]): (stream: Stream) => number {
  if (name.endsWith('moving_variance')) return (stream) => 0.5 + 1.5 * stream.uniform();
  if (name.endsWith('gamma')) return (stream) => 1 + 0.3 * stream.normal();
  if (shape.length === 1) return (stream) => 0.3 * stream.normal();
  // As many values as go into one output, so that activations neither vanish nor explode.
  const depthwise = name.endsWith('depthwise_kernel');
  const inputs = shape.slice(0, depthwise ? 2 : -1).reduce((product, size) => product * size, 1);
  return (stream) => Math.sqrt(2 / inputs) * stream.normal();
}

export async function randomCommon(
  backbone: Backbone,
  seed: number,
  input: InputDescription = pictureInput,
): Promise<CommonNetwork> {
  const network = backbone.create({ inputShape: input.shape, seed, name: 'common' });
  randomizeWeights(network, seed);
  return commonNetwork(network, backbone.features, input);
}

export async function commonNetwork(
  network: LayersModel,
  features: number,
  input: InputDescription = pictureInput,
): Promise<CommonNetwork> {
  return {
    kind: 'common',
    network,
    description: {
      input,
      features: { shape: [features] },
      maps: [],
      backbone: { name: 'random', options: {} },
      parameters: network.countParams(),
      representation: await modelDigest(network),
      provenance,
    },
  };
}

export function randomFactor(
  { description: { input, features, representation } }: CommonNetwork,
  task: ClassificationTask,
  backbone: Backbone,
  seed: number,
  hidden: readonly number[] = [],
  fusion = add(),
): FactorNetwork {
  const [length] = features.shape;
  const codeLength = fusion.codeLength(length, 5);
  const request = { inputShape: input.shape, seed, name: 'specific' };
  const specific = stochasticEncoder({ backbone, features: codeLength, request });
  const head = classificationHead({
    features: fusion.headLength(length, codeLength),
    classes: task.classes.length,
    seed,
    name: 'head',
    hidden,
  });
  for (const model of [specific, head]) randomizeWeights(model, seed);
  return {
    kind: 'factor',
    code: gaussian(),
    fusion,
    specific,
    head,
    description: {
      task,
      fusion: { type: fusion.type },
      reads: [{ from: 'picture', shape: input.shape, backbone: { name: 'random', options: {} } }],
      code: manifestOfCode(gaussian(), codeLength),
      parameters: specific.countParams() + head.countParams(),
      report: {},
      provenance,
      representation,
    },
  };
}
