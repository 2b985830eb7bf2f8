import type { Fusion } from '@factornet/core';
import {
  type CommonMap,
  type FactorReading,
  type InputDescription,
  InvalidOptionError,
  PICTURE,
  type TaskDescription,
} from '@factornet/spec';
import { type Backbone, codeEncoder, type EncoderReading } from '@factornet/zoo';
import type { LayersModel } from '@tensorflow/tfjs';
import type { TrainableCode } from '../codes/trainable-code';
import type { TrainableTaskKind } from '../kinds/trainable-task-kind';
import type { CommonPart, NetworkRequest } from './common-part';
import { statisticVariables, trainableVariables } from './variables';

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

/** What a factor is made of besides backbones. */
export interface FactorMakeup {
  readonly code: TrainableCode;
  readonly fusion: Fusion;
  /** Units of ReLU layers of the head. Default none. */
  readonly hidden?: readonly number[] | undefined;
}

/** What a task-specific network is built of: one backbone for pictures, or one for each thing that it reads. */
export type SpecificBackbones = Backbone | Readonly<Record<string, Backbone>>;

/**
 * A fresh task-specific network and head, to be trained.
 *
 * @throws InvalidOptionError if it reads a map that is not offered, or fusion and code do not go together
 */
export function createFactorPart<Task extends TaskDescription>(
  task: Task,
  kind: TrainableTaskKind,
  specific: SpecificBackbones,
  { code, fusion, hidden = [] }: FactorMakeup,
  common: Pick<CommonPart, 'features' | 'maps'>,
  { input, seed }: NetworkRequest,
): FactorPart<Task> {
  const reads = readingsOfSpecific(specific, input, common.maps);
  const wide = reads.reduce((sum, { backbone }) => sum + backbone.features, 0);
  const liked = fusion.codeLength(common.features, wide);
  const length = code.lengthFor({ task, liked });
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
      hidden,
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

export function isBackbone(specific: SpecificBackbones): specific is Backbone {
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
