import { clipByGlobalNorm, flatten } from '@factornet/core/training';
import {
  dispose,
  keep,
  type NamedTensorMap,
  type Scalar,
  scalar,
  stack,
  type Tensor,
  type Tensor1D,
  tidy,
  type Variable,
  zerosLike,
} from '@tensorflow/tfjs';
import type { NetworkGradients, NetworkOutput } from './network-gradients';
import type { TermValues } from './term-values';

/** What one step computes from the networks' outputs, on the tape. */
export interface StepLoss {
  /** Minimised. */
  readonly loss: Scalar;
  /** For the record and for finding out which term went wrong. */
  readonly terms: Readonly<Record<string, Scalar>>;
}

/** A batch made ready: arrays already read and turned into tensors. */
export interface PreparedStep {
  /** What each network reads, input by input. */
  readonly inputs: readonly (readonly Tensor[])[];
  compute(outputs: NetworkOutput[]): StepLoss;
  dispose(): void;
}

/** A term, the loss, the gradient, a BatchNorm statistic or what a term remembers is NaN or infinite. */
export class BadValue extends Error {
  constructor(
    readonly term: string,
    readonly value: number,
  ) {
    super(term);
  }
}

/**
 * One update, unless it throws, since a term or the gradient is not finite or memory is full: then every weight, every
 * statistic and what the terms remember are as they were.
 *
 * @throws BadValue
 * @throws HeapFullError
 */
export async function takeStep(
  prepared: PreparedStep,
  {
    variables,
    statistics,
    termState = [],
    gradients,
  }: {
    variables: readonly Variable[];
    statistics: readonly Variable[];
    termState?: readonly Variable[] | undefined;
    gradients: NetworkGradients;
  },
  clipNorm: number,
  apply: (gradient: Tensor1D) => void,
): Promise<TermValues> {
  // Computing the loss moves BatchNorm's averages at once, before anyone knows whether the step is good.
  const remembered = [...variables, ...statistics, ...termState];
  let before: Tensor[] = [];
  let names: string[] = [];
  let terms: Scalar[] = [];
  let gradient: Tensor1D | undefined;
  let summary: Tensor | undefined;
  let taken: Awaited<ReturnType<NetworkGradients['take']>> | undefined;
  try {
    before = tidy(() => remembered.map((each) => each.clone()));
    taken = await gradients.take(
      prepared.inputs,
      (outputs) => {
        const step = prepared.compute(outputs);
        names = Object.keys(step.terms);
        terms = Object.values(step.terms).map((term) => keep(term));
        return step.loss;
      },
      variables,
    );
    const { value, grads } = taken;
    [gradient, summary] = tidy(() => {
      const clipped = clipByGlobalNorm(clipNorm)(flatten(inOrder(variables, grads)));
      const joined = stack([value, clipped.norm, sumOf(statistics), sumOf(termState), ...terms]);
      return [clipped.gradient, joined] as const;
    });
    const [loss, norm, statisticsSum, stateSum, ...values] = await summary.data();
    const termValues = Object.fromEntries(names.map((name, index) => [name, values[index] as number]));
    for (const [name, value] of [...Object.entries(termValues), ['loss', loss] as const]) {
      if (!Number.isFinite(value)) throw new BadValue(name, value as number);
    }
    if (!Number.isFinite(norm)) throw new BadValue('gradient norm', norm as number);
    // An activation large enough makes a variance infinite while the loss, divided by it, stays finite.
    if (!Number.isFinite(statisticsSum)) {
      throw new BadValue('batch normalization statistics', statisticsSum as number);
    }
    if (!Number.isFinite(stateSum)) throw new BadValue('state of the terms', stateSum as number);
    apply(gradient);
    return { loss: loss as number, terms: termValues };
  } catch (error) {
    // Takes no memory.
    before.forEach((value, index) => {
      (remembered[index] as Variable).assign(value);
    });
    throw error;
  } finally {
    dispose([gradient, summary, taken, terms, before] as unknown as Tensor[]);
    prepared.dispose();
  }
}

function inOrder(variables: readonly Variable[], gradients: NamedTensorMap): Tensor[] {
  // An objective need not reach every network: without supervision, no head has a gradient.
  return variables.map((variable) => gradients[variable.name] ?? zerosLike(variable));
}

function sumOf(tensors: readonly Tensor[]): Scalar {
  return tensors.length === 0 ? scalar(0) : (flatten(tensors).sum() as Scalar);
}
