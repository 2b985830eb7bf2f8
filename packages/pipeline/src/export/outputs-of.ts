import { planJoint } from '@factornet/assembler';
import type { CommonPackage, FactorPackage, KindOptions } from '@factornet/spec';
import { taskFacts } from '@factornet/spec/internal';

/** What a program needs to know of a model that it opens without us: `outputs.json`. */
export function outputsOf(
  {
    commons,
    factors,
  }: { readonly commons: readonly CommonPackage[]; readonly factors: readonly FactorPackage[] },
  {
    joint,
    outputs: kind = 'logits',
    kinds,
  }: {
    readonly joint?: string | undefined;
    readonly outputs?: 'logits' | 'probabilities' | undefined;
  } & KindOptions,
) {
  const manifests = factors.map(({ manifest }) => manifest);
  const plan = joint === undefined ? undefined : planJoint(manifests, joint);
  const [shape] = commons.map(({ manifest }) => manifest.input.shape) as [[number, number, number]];
  return {
    // Pictures as they are; what networks were trained on is worked out inside.
    input: { shape, layout: 'NHWC' as const, range: [0, 1] },
    outputs: [
      ...manifests.map(({ task }) => ({ task: task.name, kind, ...taskFacts(task, kinds).json })),
      ...(plan === undefined ? [] : [{ labelSpace: plan.labelSpace, kind, classes: plan.classes }]),
    ],
    packages: [...commons, ...factors].map(({ name, version }) => `${name}@${version}`),
  };
}
