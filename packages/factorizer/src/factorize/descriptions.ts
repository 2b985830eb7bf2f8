import type { FactorNetwork } from '@factornet/core';
import { manifestOfCode } from '@factornet/core/internal';
import { modelDigest } from '@factornet/core/training';
import type { CommonDescription, InputDescription, Provenance, TaskDescription } from '@factornet/spec';
import { type Backbone, countParameters } from '@factornet/zoo';
import { getBackend } from '@tensorflow/tfjs';
import type { CommonPart } from '../networks/common-part';
import type { FactorPart } from '../networks/factor-part';
import type { ObjectiveTerm } from '../objective/objective-term';
import type { Teacher } from '../teacher/teacher';

/** Where the networks of a run come from. */
export function provenanceOf(request: {
  teacher: Pick<Teacher, 'name' | 'digest'> | undefined;
  data: string;
  terms: readonly ObjectiveTerm[];
  seed: number;
}): Provenance {
  const { teacher, data, terms, seed } = request;
  return {
    ...(teacher && { teacher: { name: teacher.name, digest: teacher.digest } }),
    data,
    objective: terms.map(({ name, weight }) => ({ term: name, weight })),
    seed,
    backend: getBackend(),
  };
}

export async function descriptionOfCommon(
  { network, features, maps }: CommonPart,
  backbone: Backbone,
  input: InputDescription,
  provenance: Provenance,
): Promise<CommonDescription> {
  return {
    input,
    features: { shape: [features] },
    maps: [...maps],
    backbone: { name: backbone.name, options: { ...backbone.options } },
    parameters: countParameters(network),
    representation: await modelDigest(network),
    provenance,
  };
}

/** A factor as it was trained. */
export function factorNetworkOf<Task extends TaskDescription>(
  part: FactorPart<Task>,
  representation: string,
  provenance: Provenance,
  logitScale?: number,
): FactorNetwork<Task> {
  const { code, fusion, specific, head } = part;
  const description = descriptionOfFactor(part, representation, provenance, logitScale);
  return { kind: 'factor', description, code, fusion, specific, head };
}

function descriptionOfFactor<Task extends TaskDescription>(
  { task, description, code, features, fusion, specific, head }: FactorPart<Task>,
  representation: string,
  provenance: Provenance,
  logitScale?: number,
): FactorNetwork<Task>['description'] {
  return {
    task,
    fusion: { type: fusion.type },
    reads: description.reads,
    code: manifestOfCode(code, features),
    parameters: countParameters(specific) + countParameters(head),
    representation,
    report: {},
    provenance,
    ...(logitScale !== undefined && { logitScale }),
  };
}
