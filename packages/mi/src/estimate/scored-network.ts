import type { Scalar, Tensor1D, Tensor2D, Variable } from '@tensorflow/tfjs';
import type { BaselineNetwork } from '../baseline';
import type { Critic, CriticNetwork } from '../critic';
import type { CriticEstimator, PairedSamples } from '../estimator';

/** A critic, with the baseline if the estimator has one, and what the estimator makes of their output. */
export interface ScoredNetwork {
  readonly estimator: CriticEstimator;
  readonly critic: CriticNetwork;
  readonly variables: readonly Variable[];
  scores(x: Tensor2D, y: Tensor2D): { scores: Tensor2D; logBaseline: Tensor1D | undefined };
  /** The estimate in nats. */
  value(scores: Tensor2D, logBaseline?: Tensor1D): Scalar;
  /** What held-out rows are to maximise, a function of nothing but the scores and the baseline. */
  criterion(scores: Tensor2D, logBaseline?: Tensor1D): Scalar;
  dispose(): void;
}

export function createScoredNetwork(
  estimator: CriticEstimator,
  critic: Critic,
  { x, y }: PairedSamples,
  seed: number,
): ScoredNetwork {
  const request = { xFeatures: x.columns, yFeatures: y.columns, seed };
  const network = critic.create({ ...request, name: 'estimate/critic' });
  const baseline: BaselineNetwork | undefined = estimator.baseline?.create({
    ...request,
    name: 'estimate/baseline',
  });
  // A surrogate with a state is another function at every step, so that its values do not compare.
  const criterion =
    estimator.criticSurrogate ?? (estimator.start === undefined ? estimator.surrogate : estimator.value);
  return {
    estimator,
    critic: network,
    variables: [...network.variables, ...(baseline?.variables ?? [])],
    scores: (left, right) => ({
      scores: network.scores(left, right),
      logBaseline: baseline?.logBaseline(right),
    }),
    value: estimator.value,
    criterion,
    dispose() {
      network.dispose();
      baseline?.dispose();
    },
  };
}
