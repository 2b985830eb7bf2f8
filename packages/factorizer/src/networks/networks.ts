import { type CommonNetwork, type CommonOutputs, commonOutputs, type Fusion } from '@factornet/core';
import {
  type CommonMap,
  type FactorReading,
  type InputDescription,
  InvalidOptionError,
  PICTURE,
  type TaskDescription,
} from '@factornet/spec';
import { type Backbone, codeEncoder, type EncoderReading } from '@factornet/zoo';
import { type LayersModel, layers, model, type SymbolicTensor, type Tensor } from '@tensorflow/tfjs';
import type { TrainableCode } from '../codes/trainable-code';
import type { TrainableTaskKind } from '../kinds/trainable-task-kind';
import type { NetworkOutput } from '../training/network-gradients';
import { statisticVariables, trainableVariables } from './variables';

/** The network for z, either part of training or frozen. Its outputs are z and then its maps. */
export interface CommonPart {
  readonly network: LayersModel;
  readonly features: number;
  /** Of one picture, in the order of the network's outputs after z. */
  readonly maps: readonly CommonMap[];
  readonly trainable: boolean;
  /** What it offers of normalized pictures, in inference mode; within `tf.tidy`. */
  evaluate(pictures: Tensor): CommonOutputs;
}

export interface FactorPart<Task extends TaskDescription = TaskDescription> {
  readonly task: Task;
  readonly kind: TrainableTaskKind;
  /** What it reads, as its description says. */
  readonly description: { readonly reads: readonly FactorReading[] };
  readonly code: TrainableCode;
  readonly fusion: Fusion;
  /** Length of t. */
  readonly features: number;
  readonly specific: LayersModel;
  readonly head: LayersModel;
}

/** What a task-specific network is built of: one backbone for pictures, or one for each thing that it reads. */
export type SpecificBackbones = Backbone | Readonly<Record<string, Backbone>>;

interface NetworkRequest {
  readonly input: InputDescription;
  readonly seed: number;
}

export interface CommonPartRequest extends NetworkRequest {
  /** Names of the backbone's maps that it offers. */
  readonly maps?: readonly string[] | undefined;
  /** Whether each dimension of z has mean 0 and variance 1, over a batch in training and by running averages then. */
  readonly standardise?: boolean | undefined;
}

/**
 * A fresh common network, to be trained.
 *
 * @throws InvalidOptionError for a map that the backbone does not have
 */
export function createCommonPart(
  backbone: Backbone,
  { input, seed, maps: wanted = [], standardise = false }: CommonPartRequest,
): CommonPart {
  const name = 'common';
  const trunk = backbone.create({ inputShape: input.shape, seed, name });
  const raw = trunk.outputs[0] as SymbolicTensor;
  const z = standardise ? standardised(raw, `${name}/standardisation`) : raw;
  const outputs = wanted.map((map) => {
    const layer = findMapLayer(backbone, map);
    return trunk.getLayer(`${name}/${layer}`).output as SymbolicTensor;
  });
  const network =
    z === raw && outputs.length === 0
      ? trunk
      : model({ name, inputs: trunk.inputs, outputs: [z, ...outputs] });
  const maps = wanted.map((map, index) => ({
    name: map,
    shape: outputs[index]?.shape.slice(1) as [number, number, number],
  }));
  return commonPart(network, backbone.features, maps, true);
}

/** An existing common network, for inference only. */
export function frozenCommonPart({ network, description }: CommonNetwork): CommonPart {
  return commonPart(network, description.features.shape[0], description.maps, false);
}

function commonPart(
  network: LayersModel,
  features: number,
  maps: readonly CommonMap[],
  trainable: boolean,
): CommonPart {
  const evaluate = (pictures: Tensor) => commonOutputs({ network, maps }, pictures);
  return { network, features, maps, trainable, evaluate };
}

/** What a common network that is trained computed, by what it offers. */
export function offeredBy({ maps }: CommonPart, output: NetworkOutput, picture: Tensor): CommonOutputs {
  const [features, ...rest] = Array.isArray(output) ? output : [output];
  return {
    picture,
    features: features as CommonOutputs['features'],
    maps: Object.fromEntries(maps.map(({ name }, index) => [name, rest[index] as Tensor])),
  };
}

/** z with mean 0 and variance 1 per dimension. */
function standardised(z: SymbolicTensor, name: string): SymbolicTensor {
  // TensorFlow.js cannot train a normalization without scale and offset; these stay 1 and 0.
  return layers.batchNormalization({ name, momentum: 0.9, trainable: false }).apply(z) as SymbolicTensor;
}

function findMapLayer(backbone: Backbone, map: string): string {
  const found = backbone.maps.find(({ name }) => name === map);
  if (found !== undefined) return found.layer;
  const expected = `maps of the backbone "${backbone.name}": ${backbone.maps.map(({ name }) => name).join(', ') || 'it has none'}`;
  throw new InvalidOptionError({ option: 'maps', expected, received: map });
}

/**
 * A fresh task-specific network and head, to be trained.
 *
 * @throws InvalidOptionError if it reads a map that is not offered, or fusion and code do not go together
 */
export function createFactorPart<Task extends TaskDescription>(
  task: Task,
  kind: TrainableTaskKind,
  specific: SpecificBackbones,
  { code, fusion }: { readonly code: TrainableCode; readonly fusion: Fusion },
  common: Pick<CommonPart, 'features' | 'maps'>,
  { input, seed }: NetworkRequest,
): FactorPart<Task> {
  const reads = readingsOfSpecific(specific, input, common.maps);
  const wide = reads.reduce((sum, { backbone }) => sum + backbone.features, 0);
  const liked = fusion.codeLength(common.features, wide);
  const length = code.lengthFor({ task, kind, liked });
  if (fusion.codeLength(common.features, length) !== length) {
    const expected = `one for a code of length ${length}, such as concatenate()`;
    throw new InvalidOptionError({ option: 'fusion', expected, received: fusion.type });
  }
  const name = `specific-${task.name}`;
  return {
    task,
    kind,
    description: {
      reads: reads.map(({ backbone, from, shape }) => ({
        from,
        shape,
        backbone: { name: backbone.name, options: { ...backbone.options } },
      })),
    },
    code,
    fusion,
    features: length,
    specific: codeEncoder({
      reads,
      seed,
      name,
      outputs: (features, request) => code.outputs(features, { ...request, length }),
    }),
    head: kind.createHead(task, {
      features: fusion.headLength(common.features, length),
      seed,
      name: `head-${task.name}`,
    }),
  };
}

/**
 * What a task-specific network of these backbones reads.
 *
 * @throws InvalidOptionError for a map that is not offered
 */
export function readingsOfSpecific(
  specific: SpecificBackbones,
  input: Pick<InputDescription, 'shape'>,
  maps: readonly CommonMap[],
): EncoderReading[] {
  const named = isBackbone(specific) ? { [PICTURE]: specific } : specific;
  return Object.entries(named).map(([from, backbone]) => {
    const shape = from === PICTURE ? input.shape : maps.find(({ name }) => name === from)?.shape;
    if (shape !== undefined) return { from, shape, backbone };
    const known = [PICTURE, ...maps.map(({ name }) => name)].join(', ');
    throw new InvalidOptionError({
      option: 'specific',
      expected: `backbones for what the common-knowledge network offers: ${known}`,
      received: from,
    });
  });
}

function isBackbone(specific: SpecificBackbones): specific is Backbone {
  return typeof (specific as Backbone).create === 'function';
}

/** Everything that is trained, in a fixed order. */
export function trainedVariables(common: CommonPart, factors: readonly FactorPart[]) {
  const models = [
    ...(common.trainable ? [common.network] : []),
    ...factors.flatMap(({ specific, head }) => [specific, head]),
  ];
  return {
    variables: models.flatMap(trainableVariables),
    statistics: models.flatMap(statisticVariables),
  };
}
