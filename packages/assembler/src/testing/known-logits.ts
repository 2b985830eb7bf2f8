import { add, type CommonNetwork, type FactorNetwork, gaussian } from '@factornet/core';
import { manifestOfCode } from '@factornet/core/internal';
import { modelDigest } from '@factornet/core/training';
import type { TaskDescription } from '@factornet/spec';
import { layers, model, type SymbolicTensor, tensor1d, tensor2d, input as tfInput } from '@tensorflow/tfjs';

const INPUT = {
  shape: [2, 2, 2] as [number, number, number],
  layout: 'NHWC' as const,
  // So that pictures in [0, 1] spread the logits over 10.
  normalization: { mean: [0, 0], standardDeviation: [0.1, 0.1] },
};
const PROVENANCE = { data: 'none', objective: [], seed: 1, backend: 'cpu' };
const BACKBONE = { name: 'known', options: {} };

/** Classes of the label space `letters`; the teacher's logit of class k is the k-th number of a picture times 10. */
export const LETTERS = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'] as const;

/** The common-knowledge network whose features are the logits of a teacher for {@link LETTERS}. */
export async function knownCommon(): Promise<CommonNetwork> {
  const inputs = tfInput({ shape: INPUT.shape });
  const identity = LETTERS.map((_, row) => LETTERS.map((_, column) => Number(row === column)));
  const network = model({ inputs, outputs: dense(flatten(inputs), identity) });
  return {
    kind: 'common',
    network,
    description: {
      input: INPUT,
      features: { shape: [LETTERS.length] },
      maps: [],
      backbone: BACKBONE,
      parameters: network.countParams(),
      representation: await modelDigest(network),
      provenance: PROVENANCE,
    },
  };
}

/**
 * A factor for some of the letters, which learned its teacher exactly, on a scale of its own:
 * `logits_j = (l_k − mean(l)) / logitScale`.
 */
export function knownFactor<const Name extends string, const Classes extends readonly string[]>(
  common: CommonNetwork,
  name: Name,
  classes: Classes,
  {
    logitScale = 1,
    temperature = 1,
    stated = true,
    space = 'letters',
    order = LETTERS as readonly string[],
  } = {},
) {
  const inputs = tfInput({ shape: INPUT.shape });
  const nothing = LETTERS.map(() => LETTERS.map(() => 0));
  const flat = flatten(inputs);
  const specific = model({ inputs, outputs: [dense(flat, nothing), dense(flat, nothing)] });
  const features = tfInput({ shape: [LETTERS.length] });
  const kernel = LETTERS.map((letter) =>
    classes.map((each) => (Number(letter === each) - 1 / LETTERS.length) / logitScale),
  );
  const head = model({ inputs: features, outputs: dense(features, kernel) });
  const task = {
    name,
    type: 'classification',
    classes: [...classes] as [...Classes],
    labelSpace: { name: space, classes: [...order], indices: classes.map((each) => order.indexOf(each)) },
  } satisfies TaskDescription;
  const factor: FactorNetwork<typeof task> = {
    kind: 'factor',
    code: gaussian(),
    fusion: add(),
    specific,
    head,
    description: {
      task,
      fusion: { type: 'add' },
      reads: [{ from: 'picture', shape: INPUT.shape, backbone: BACKBONE }],
      code: manifestOfCode(gaussian(), LETTERS.length),
      parameters: specific.countParams() + head.countParams(),
      report: {},
      provenance: PROVENANCE,
      representation: common.description.representation,
      ...(stated && { logitScale, temperature }),
    },
  };
  return factor;
}

const flatten = (from: SymbolicTensor) => layers.flatten().apply(from) as SymbolicTensor;

function dense(from: SymbolicTensor, kernel: number[][]): SymbolicTensor {
  const units = kernel[0]?.length as number;
  const weights = [
    tensor2d(kernel, [kernel.length, units]),
    tensor1d(Array.from({ length: units }, () => 0)),
  ];
  const output = layers.dense({ units, weights }).apply(from) as SymbolicTensor;
  for (const weight of weights) weight.dispose();
  return output;
}
