import { add, type CommonNetwork, type FactorNetwork, gaussian } from '@factornet/core';
import { manifestOfCode } from '@factornet/core/internal';
import { modelDigest } from '@factornet/core/training';
import type { ClassificationTask, InputDescription, Provenance } from '@factornet/spec';
import { type Backbone, classificationHead, countParameters, stochasticEncoder } from '@factornet/zoo';

// Networks as `factorize` makes them before its first step. Sizes and times do not depend on what a network has learned.

const provenance: Provenance = { data: 'none', objective: [], seed: 1, backend: 'none' };

/** A common-knowledge network with its initial weights; the caller disposes of it. */
export async function untrainedCommon(backbone: Backbone, input: InputDescription): Promise<CommonNetwork> {
  const network = backbone.create({ inputShape: input.shape, seed: 1, name: 'common' });
  return {
    kind: 'common',
    network,
    description: {
      input,
      features: { shape: [backbone.features] },
      maps: [],
      backbone: { name: backbone.name, options: { ...backbone.options } },
      parameters: countParameters(network),
      representation: await modelDigest(network),
      provenance,
    },
  };
}

/** A factor of `common` with its initial weights; the caller disposes of it. */
export function untrainedFactor(
  { description: { input, features, representation } }: CommonNetwork,
  task: ClassificationTask,
  backbone: Backbone,
): FactorNetwork {
  const [length] = features.shape;
  const specific = stochasticEncoder({
    backbone,
    features: length,
    request: { inputShape: input.shape, seed: 1, name: `specific-${task.name}` },
  });
  const head = classificationHead({
    features: length,
    classes: task.classes.length,
    seed: 1,
    name: `head-${task.name}`,
  });
  const [code, fusion] = [gaussian(), add()];
  return {
    kind: 'factor',
    code,
    fusion,
    specific,
    head,
    description: {
      task,
      fusion: { type: fusion.type },
      reads: [
        {
          from: 'picture',
          shape: input.shape,
          backbone: { name: backbone.name, options: { ...backbone.options } },
        },
      ],
      code: manifestOfCode(code, length),
      parameters: countParameters(specific) + countParameters(head),
      report: {},
      provenance,
      representation,
    },
  };
}
