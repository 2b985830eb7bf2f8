import type { CommonNetwork, Fusion } from '@factornet/core';
import type { InputDescription, TaskDescription } from '@factornet/spec';
import { type Backbone, stochasticEncoder } from '@factornet/zoo';
import type { LayersModel, Tensor2D, Tensor4D } from '@tensorflow/tfjs';
import type { TrainableTaskKind } from '../kinds/trainable-task-kind';
import { statisticVariables, trainableVariables } from './variables';

/** The network for z, either part of training or frozen. */
export interface CommonPart {
  readonly network: LayersModel;
  readonly features: number;
  readonly trainable: boolean;
  apply(inputs: Tensor4D): Tensor2D;
}

export interface FactorPart<Task extends TaskDescription = TaskDescription> {
  readonly task: Task;
  readonly kind: TrainableTaskKind;
  readonly backbone: Backbone;
  readonly fusion: Fusion;
  /** Length of t. */
  readonly features: number;
  readonly specific: LayersModel;
  readonly head: LayersModel;
}

interface NetworkRequest {
  readonly input: InputDescription;
  readonly seed: number;
}

/** A fresh common network, to be trained. */
export function createCommonPart(backbone: Backbone, { input, seed }: NetworkRequest): CommonPart {
  const network = backbone.create({ inputShape: input.shape, seed, name: 'common' });
  return {
    network,
    features: backbone.features,
    trainable: true,
    apply: (inputs) => network.apply(inputs, { training: true }) as Tensor2D,
  };
}

/** An existing common network, for inference only. */
export function frozenCommonPart({ network, description }: CommonNetwork): CommonPart {
  return {
    network,
    features: description.features.shape[0],
    trainable: false,
    apply: (inputs) => network.predictOnBatch(inputs) as Tensor2D,
  };
}

/** A fresh task-specific network and head, to be trained. */
export function createFactorPart<Task extends TaskDescription>(
  task: Task,
  kind: TrainableTaskKind,
  backbone: Backbone,
  fusion: Fusion,
  commonFeatures: number,
  { input, seed }: NetworkRequest,
): FactorPart<Task> {
  const features = fusion.codeLength(commonFeatures, backbone.features);
  return {
    task,
    kind,
    backbone,
    fusion,
    features,
    specific: stochasticEncoder({
      backbone,
      features,
      request: { inputShape: input.shape, seed, name: `specific-${task.name}` },
    }),
    head: kind.createHead(task, {
      features: fusion.headLength(commonFeatures, features),
      seed,
      name: `head-${task.name}`,
    }),
  };
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
