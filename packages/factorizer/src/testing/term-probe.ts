import { dispose, type Scalar, type Tensor, tidy, variableGrads } from '@tensorflow/tfjs';
import {
  type SuitePassOptions,
  suiteMoments,
  suitePass,
  suiteRequest,
  suiteTapShapes,
} from '../conformance/suite-pass';
import type { CodeDistribution } from '../networks/code-distribution';
import type { ObjectiveTerm, TermRequest, TrainingPass } from '../objective/objective-term';
import { readingShapes } from '../objective/tap-reading';

/** What one factor of a step computed, as plain rows. */
export interface PlainFactor {
  readonly mean: number[][];
  readonly logVariance: number[][];
  readonly sample: number[][];
  readonly logits: number[][];
  readonly targets: number[][];
  readonly teacherLogits: number[][];
}

/** A term's value for a batch, and the same batch as plain numbers to compute it from by hand. */
export async function probeTerm(
  term: ObjectiveTerm,
  options: SuitePassOptions = {},
  request: Partial<TermRequest> = {},
): Promise<{ value: number; factors: PlainFactor[]; common: number[][]; reached: string[] }> {
  const tapShapes = readingShapes(term.reads, suiteTapShapes);
  const tapMoments = suiteMoments(tapShapes);
  const running = term.prepare({ ...suiteRequest, tapShapes, tapMoments, ...request });
  const pass = suitePass({ reads: term.reads, ...options });
  let tensors = {} as TrainingPass;
  const kept = tidy(() => {
    tensors = pass.compute();
    return tensors.factors.flatMap(({ sample, logits }) => [sample, logits]);
  });
  const rows = (tensor: Tensor) => tensor.array() as Promise<number[][]>;
  const factors = await Promise.all(
    tensors.factors.map(async (factor) => ({
      mean: await rows((factor.gaussian as CodeDistribution).mean),
      logVariance: await rows((factor.gaussian as CodeDistribution).logVariance),
      sample: await rows(factor.sample),
      logits: await rows(factor.logits),
      targets: await rows(factor.targets),
      teacherLogits: await rows(factor.teacherLogits as Tensor),
    })),
  );
  const common = await rows(tensors.common);
  const variables = [...Object.values(pass.leaves), ...running.variables];
  const { value, grads } = variableGrads(
    () => tidy(() => running.evaluate(pass.compute()) as Scalar),
    variables,
  );
  const reached: string[] = [];
  for (const [name, leaf] of Object.entries(pass.leaves)) {
    const slopes = await grads[leaf.name]?.data();
    if (slopes?.some((slope) => slope !== 0)) reached.push(name);
  }
  const [nats] = await value.data();
  dispose([value, ...Object.values(grads), ...kept] as Tensor[]);
  running.dispose();
  pass.dispose();
  return { value: nats as number, factors, common, reached };
}

/** `log softmax` of one row, with plain numbers. */
export function logSoftmaxOf(row: readonly number[]): number[] {
  const total = Math.log(row.reduce((sum, value) => sum + Math.exp(value), 0));
  return row.map((value) => value - total);
}

export function sumOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0);
}

/** `Σ_k one[k] · other[k]` */
export function dot(one: readonly number[], other: readonly number[]): number {
  return sumOf(one.map((value, index) => value * (other[index] as number)));
}
