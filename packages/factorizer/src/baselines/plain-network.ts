import type { InputDescription, TaskDescription } from '@factornet/spec';
import { kindOf } from '@factornet/spec/internal';
import { type Backbone, countParameters } from '@factornet/zoo';
import type { LayersModel } from '@tensorflow/tfjs';
import type { TrainableTaskKind } from '../kinds/trainable-task-kind';
import type { EpochRecord } from '../training/progress';

/** An ordinary network, without bricks: a backbone, and a linear head per task on its features. */
export interface PlainNetwork {
  readonly input: InputDescription;
  readonly tasks: readonly TaskDescription[];
  readonly backbone: { readonly name: string; readonly options: Readonly<Record<string, unknown>> };
  /** Pictures `[batch, height, width, channels]` to features `[batch, features]`. */
  readonly trunk: LayersModel;
  /** By task: features to outputs. */
  readonly heads: Readonly<Record<string, LayersModel>>;
  /** Weights of trunk and heads, running statistics included. */
  readonly parameters: number;
  /** Means per epoch of the loss and of its terms, in nats. */
  readonly history: readonly EpochRecord[];
}

export interface PlainNetworkRequest {
  readonly input: InputDescription;
  readonly tasks: readonly TaskDescription[];
  readonly kinds: readonly TrainableTaskKind[];
  readonly backbone: Backbone;
  /** Initial weights are a function of this seed and the name alone. */
  readonly seed: number;
  readonly name: string;
}

/** A fresh one. */
export function createPlainNetwork(request: PlainNetworkRequest): PlainNetwork {
  const { input, tasks, kinds, backbone, seed, name } = request;
  const trunk = backbone.create({ inputShape: input.shape, seed, name });
  const heads = tasks.map((task) => [
    task.name,
    kindOf(task, kinds).createHead(task, {
      features: backbone.features,
      seed,
      name: `${name}/head-${task.name}`,
    }),
  ]);
  const network = {
    input,
    tasks,
    backbone: { name: backbone.name, options: { ...backbone.options } },
    trunk,
    heads: Object.fromEntries(heads) as Record<string, LayersModel>,
    history: [],
  };
  const parameters = modelsOf(network).reduce((sum, model) => sum + countParameters(model), 0);
  return { ...network, parameters };
}

/** Trunk first, then the heads in the order of the tasks. */
export function modelsOf({ trunk, heads }: Pick<PlainNetwork, 'trunk' | 'heads'>): LayersModel[] {
  return [trunk, ...Object.values(heads)];
}

/** Releases its models. */
export function disposePlainNetwork(network: Pick<PlainNetwork, 'trunk' | 'heads'>): void {
  for (const model of modelsOf(network)) model.dispose();
}
