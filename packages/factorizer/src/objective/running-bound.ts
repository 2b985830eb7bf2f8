import type { BaselineNetwork, CriticEstimator } from '@factornet/mi';
import type { Scalar, Tensor2D, Variable } from '@tensorflow/tfjs';
import { trainedValue } from './trained-value';

export interface BoundRequest {
  /** Length of y, for a baseline. */
  readonly yFeatures: number;
  readonly seed: number;
  /** Prefix of the variables' names. */
  readonly name: string;
}

/** A bound on critic scores with what it needs for one training run: a baseline, a moving average. */
export interface RunningBound {
  /** Trained. */
  readonly variables: readonly Variable[];
  /** Remembered from step to step, but not trained. */
  readonly state: readonly Variable[];
  /**
   * The bound's value in nats of scores `[batch, batch]`, with the gradient of its surrogate. Advances the state.
   *
   * @param y what the columns of the scores belong to, `[batch, yFeatures]`
   */
  evaluate(scores: Tensor2D, y: Tensor2D): Scalar;
  dispose(): void;
}

/** Makes a bound ready for one training run. */
export function runBound(bound: CriticEstimator, { yFeatures, seed, name }: BoundRequest): RunningBound {
  const baseline: BaselineNetwork | undefined = bound.baseline?.create({
    yFeatures,
    seed,
    name: `${name}/baseline`,
  });
  const running = bound.start?.();
  const same = running === undefined && bound.value === bound.surrogate;
  return {
    variables: baseline?.variables ?? [],
    state: running?.state ?? [],
    evaluate(scores, y) {
      const logBaseline = baseline?.logBaseline(y);
      const surrogate = (running ?? bound).surrogate(scores, logBaseline);
      return same ? surrogate : trainedValue(bound.value(scores, logBaseline), surrogate);
    },
    dispose() {
      baseline?.dispose();
      running?.dispose();
    },
  };
}
