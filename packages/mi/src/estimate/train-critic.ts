import {
  estimateSecondsLeft,
  randomStream,
  throwIfCancelled,
  yieldToEventLoop,
} from '@factornet/core/training';
import { NonFiniteLossError } from '@factornet/spec/training';
import {
  dispose,
  type NamedTensorMap,
  type Scalar,
  type Tensor,
  type Tensor1D,
  tidy,
  variableGrads,
} from '@tensorflow/tfjs';
import type { CriticEstimator } from '../estimator';
import { batchOf } from './batches';
import { clippedAdam } from './clipped-adam';
import type { EstimateProgress } from './estimate-options';
import type { CurvePoint } from './estimate-result';
import { checkCritic } from './evaluate-critic';
import type { Plan } from './plan';
import type { ScoredNetwork } from './scored-network';
import type { Parts } from './split';

export interface Training {
  readonly curve: readonly CurvePoint[];
  /** The point whose weights were kept. */
  readonly best: CurvePoint;
  /** Whether patience, not steps, ran out. */
  readonly stoppedEarly: boolean;
}

/**
 * Trains on the training rows, and leaves the network with the weights of the check at which the validation rows had the
 * largest criterion: what the critic is trained on, measured where it was not.
 *
 * @throws NonFiniteLossError naming the step
 * @throws CancelledError on `signal`
 */
export async function trainCritic(
  network: ScoredNetwork,
  { training, validation }: Omit<Parts, 'test'>,
  plan: Plan,
  {
    onProgress,
    signal,
  }: { onProgress?: ((progress: EstimateProgress) => void) | undefined; signal?: AbortSignal | undefined },
): Promise<Training> {
  const { estimator } = network;
  const rows = training.x.rows;
  const stepsPerEpoch = Math.floor(rows / plan.batchSize);
  const checkedRows = Math.min(rows, validation.x.rows);
  const running = estimator.criticSurrogate === undefined ? estimator.start?.() : undefined;
  const surrogate = estimator.criticSurrogate ?? running?.surrogate ?? estimator.surrogate;
  const optimizer = clippedAdam(network.variables);
  const curve: CurvePoint[] = [];
  let best: { point: CurvePoint; criterion: number; weights: Tensor1D } | undefined;
  let checksWithoutGain = 0;
  let order = new Int32Array();
  const startedAt = performance.now();
  try {
    for (let step = 1; step <= plan.steps; step++) {
      throwIfCancelled('estimate', signal);
      const place = (step - 1) % stepsPerEpoch;
      const epoch = Math.floor((step - 1) / stepsPerEpoch);
      if (place === 0) {
        order = randomStream(plan.seed, 'estimate', 'order', epoch).permutation(rows) as typeof order;
      }
      const batch = order.subarray(place * plan.batchSize, (place + 1) * plan.batchSize);
      const [loss, length] = await takeStep(network, batchOf(training, batch), surrogate, (gradients) =>
        optimizer.apply(gradients, plan.learningRate),
      );
      for (const [term, number] of [
        [estimator.name, loss],
        [`gradient of ${estimator.name}`, length],
      ] as [string, number][]) {
        if (!Number.isFinite(number)) {
          throw new NonFiniteLossError(
            { term, epoch: epoch + 1, step: place + 1, value: number },
            {
              hint: "Try transform: 'rank-normal', a lower learningRate, or an estimator that does not exponentiate scores, such as infoNCE() or jensenShannon().",
            },
          );
        }
      }
      onProgress?.({
        stage: 'training',
        done: step,
        total: plan.steps,
        secondsLeft: estimateSecondsLeft(startedAt, step, plan.steps),
      });
      await yieldToEventLoop();
      if (step % plan.checkEvery !== 0 && step !== plan.steps) continue;
      const size = Math.min(plan.evaluationBatchSize, checkedRows);
      const seen = await checkCritic(network, training, checkedRows, size);
      const held = await checkCritic(network, validation, validation.x.rows, size);
      const point = { step, training: seen.value, validation: held.value };
      curve.push(point);
      if (best === undefined || held.criterion > best.criterion) {
        best?.weights.dispose();
        best = { point, criterion: held.criterion, weights: optimizer.weights() };
        checksWithoutGain = 0;
      } else if (++checksWithoutGain >= plan.patience) {
        break;
      }
    }
    const kept = best as NonNullable<typeof best>;
    optimizer.assign(kept.weights);
    return { curve, best: kept.point, stoppedEarly: checksWithoutGain >= plan.patience };
  } finally {
    best?.weights.dispose();
    optimizer.dispose();
    running?.dispose();
  }
}

/** One update on a batch, which is disposed of: the loss before it, and the length of its gradient. */
async function takeStep(
  network: ScoredNetwork,
  { x, y }: ReturnType<typeof batchOf>,
  surrogate: CriticEstimator['surrogate'],
  apply: (gradients: NamedTensorMap) => Tensor,
): Promise<[number, number]> {
  let made: Tensor[] = [x, y];
  try {
    const { value, grads } = variableGrads(
      () =>
        tidy(() => {
          const { scores, logBaseline } = network.scores(x, y);
          return surrogate(scores, logBaseline).neg() as Scalar;
        }),
      [...network.variables],
    );
    made = [...made, value, ...Object.values(grads)];
    const norm = apply(grads);
    made.push(norm);
    const [[loss], [length]] = await Promise.all([value.data(), norm.data()]);
    return [loss as number, length as number];
  } finally {
    dispose(made);
  }
}
