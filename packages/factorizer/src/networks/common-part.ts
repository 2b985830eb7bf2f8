import { type CommonNetwork, type CommonOutputs, commonOutputs } from '@factornet/core';
import { type CommonMap, type InputDescription, InvalidOptionError } from '@factornet/spec';
import type { Backbone } from '@factornet/zoo';
import { type LayersModel, layers, model, type SymbolicTensor, type Tensor } from '@tensorflow/tfjs';
import type { NetworkOutput } from '../training/network-gradients';

/** The network for z, either part of training or frozen. Its outputs are z and then its maps. */
export interface CommonPart {
  readonly network: LayersModel;
  readonly features: number;
  /** Of one picture, in the order of the network's outputs after z. */
  readonly maps: readonly CommonMap[];
  readonly trainable: boolean;
  /** Whether all that it offers is in memory, so that no picture is needed. */
  readonly kept: boolean;
  /** What it offers of examples of the data that is trained on, in inference mode; within `tf.tidy`. */
  offer(examples: OfferedExamples): Offers;
}

/** A common network that no longer changes. */
export interface FrozenCommon extends CommonPart {
  readonly brick: CommonNetwork;
}

export interface OfferedExamples {
  /** Where they are in the data that is trained on. */
  readonly indices: Int32Array;
  /** Normalized, unless what is offered is kept. */
  readonly picture?: Tensor | undefined;
}

/** What a common network offers of some pictures, besides these. */
export type Offers = Pick<CommonOutputs, 'features' | 'maps'>;

export interface NetworkRequest {
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

/** An existing common network, for inference only, which answers each time anew. */
export function frozenCommonPart(brick: CommonNetwork): FrozenCommon {
  const { network, description } = brick;
  return { ...commonPart(network, description.features.shape[0], description.maps, false), brick };
}

function commonPart(
  network: LayersModel,
  features: number,
  maps: readonly CommonMap[],
  trainable: boolean,
): CommonPart {
  const offer = ({ picture }: OfferedExamples): Offers => {
    const offered = commonOutputs({ network, maps }, picture as Tensor);
    return { features: offered.features, maps: offered.maps };
  };
  return { network, features, maps, trainable, kept: false, offer };
}

/**
 * The same network with fewer of its maps as outputs; the layers are shared.
 *
 * @throws InvalidOptionError for a map that it does not have
 */
export function offering(common: CommonPart, wanted: readonly string[]): CommonPart {
  const [z, ...outputs] = common.network.outputs as [SymbolicTensor, ...SymbolicTensor[]];
  const places = wanted.map((name) => {
    const place = common.maps.findIndex((map) => map.name === name);
    if (place >= 0) return place;
    const expected = `maps of the common network: ${common.maps.map((map) => map.name).join(', ') || 'it has none'}`;
    throw new InvalidOptionError({ option: 'maps', expected, received: name });
  });
  const { inputs, name } = common.network;
  const network = model({
    name,
    inputs,
    outputs: [z, ...places.map((place) => outputs[place] as SymbolicTensor)],
  });
  const maps = places.map((place) => common.maps[place] as CommonMap);
  return commonPart(network, common.features, maps, common.trainable);
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
