import {
  cosineSchedule,
  estimateSecondsLeft,
  type Optimizer,
  randomStream,
  type Schedule,
  throwIfCancelled,
  warmUp,
  yieldToEventLoop,
} from '@factornet/core/training';
import { BackendUnavailableError, FactornetError, InvalidOptionError } from '@factornet/spec';
import { NonFiniteLossError } from '@factornet/spec/training';
import { dispose, type Tensor, type Variable } from '@tensorflow/tfjs';
import type { CheckpointStore, TrainingState } from './checkpoint';
import { areFinite, areUsable } from './finite-weights';
import type { NetworkGradients } from './network-gradients';
import type { EpochRecord, ProgressListener } from './progress';
import { BadValue, type PreparedStep, takeStep } from './take-step';
import { addSum, emptySum, meanOf } from './term-values';

export interface TrainOptions {
  /** For messages, e.g. `factorize`. */
  operation: string;
  /** Trained, in a fixed order. */
  variables: readonly Variable[];
  /** Not trained but part of the state: BatchNorm statistics. */
  statistics: readonly Variable[];
  /** What terms remember from step to step: as statistics. */
  termState?: readonly Variable[];
  /** Evaluates the networks; stays the caller's. */
  gradients: NetworkGradients;
  examples: number;
  batchSize: number;
  epochs: number;
  seed: number;
  optimizer: Optimizer;
  schedule?: Schedule;
  /** Largest Euclidean norm of the gradient; longer ones are scaled down. Default 5. */
  clipNorm?: number;
  /**
   * @param key a number no other step of the run has, for random streams
   * @param progress share of the run's steps that were taken before this one
   */
  prepare(indices: Int32Array, key: number, progress: number): Promise<PreparedStep>;
  fingerprint: string;
  checkpoint?: CheckpointStore | undefined;
  onProgress?: ProgressListener | undefined;
  signal?: AbortSignal | undefined;
}

/**
 * Mini-batch training with a record of every term. Weights only ever take finite steps: terms and gradient
 * are checked before an update, and a step that fails half-way changes nothing. So when this throws one of our errors,
 * the variables hold the last good weights, and the checkpoint store has them too. After any other error, and when the
 * backend has failed, the last checkpoint stays.
 *
 * @throws NonFiniteLossError naming the term and the step
 * @throws CancelledError on `signal`
 * @throws HeapFullError if the WASM heap is full
 * @throws BackendUnavailableError if the backend fails: its weights are not to be used
 * @throws WorkerFailedError if a worker thread dies
 * @throws IntegrityError if the checkpoint is damaged; it stays as it is
 */
export async function train(options: TrainOptions): Promise<EpochRecord[]> {
  const { variables, examples, epochs, seed, checkpoint, onProgress, signal } = options;
  const batchSize = Math.min(options.batchSize, examples);
  if (!(batchSize >= 2)) {
    throw new InvalidOptionError({
      option: 'batchSize',
      expected: 'at least 2, with 2 examples',
      received: batchSize,
    });
  }
  const { clipNorm = 5, schedule = warmUp(0.05, cosineSchedule()) } = options;
  const stepsPerEpoch = Math.floor(examples / batchSize);
  const totalSteps = epochs * stepsPerEpoch;
  const saved = await loadOwn(checkpoint, options.fingerprint);
  const running = options.optimizer.create(variables);
  let [started, spoiled] = [false, false];
  let position = { completedSteps: 0, history: [] as EpochRecord[], sum: emptySum() };

  const snapshot = (): TrainingState => ({
    fingerprint: options.fingerprint,
    completedSteps: position.completedSteps,
    history: position.history,
    running: position.sum,
    tensors: new Map([...namedVariables(options), ...running.state()]),
  });

  try {
    if (saved !== undefined) {
      for (const [name, variable] of namedVariables(options))
        variable.assign(saved.tensors.get(name) as Tensor);
      running.restore(saved.tensors, saved.completedSteps);
      dispose([...saved.tensors.values()]);
      position = { completedSteps: saved.completedSteps, history: [...saved.history], sum: saved.running };
    }
    started = true;
    const resumedAt = position.completedSteps;
    const startedAt = performance.now();
    let order: Int32Array = new Int32Array();
    let orderOf = -1;
    while (position.completedSteps < totalSteps) {
      const epoch = Math.floor(position.completedSteps / stepsPerEpoch);
      const step = position.completedSteps % stepsPerEpoch;
      throwIfCancelled(options.operation, signal);
      if (orderOf !== epoch) {
        order = randomStream(seed, 'order', epoch).permutation(examples);
        orderOf = epoch;
      }
      const progress = position.completedSteps / totalSteps;
      const learningRate = options.optimizer.learningRate * schedule(progress, totalSteps);
      if (!Number.isFinite(learningRate)) {
        throw new InvalidOptionError({ option: 'schedule', expected: 'finite', received: learningRate });
      }
      const indices = order.slice(step * batchSize, (step + 1) * batchSize);
      const prepared = await options.prepare(indices, position.completedSteps, progress);
      const values = await takeStep(prepared, options, clipNorm, (gradient) => {
        running.apply(gradient, learningRate);
      }).catch(async (error) => {
        if (!(error instanceof BadValue)) throw error;
        spoiled = !(await areFinite(variables));
        throw new NonFiniteLossError(
          { term: spoiled ? 'weights' : error.term, epoch: epoch + 1, step: step + 1, value: error.value },
          { hint: `${spoiled ? spoiledWeights : 'The weights are those before this step.'} ${lowerRate}` },
        );
      });
      position = {
        ...position,
        completedSteps: position.completedSteps + 1,
        sum: addSum(position.sum, values),
      };
      const secondsLeft = estimateSecondsLeft(
        startedAt,
        position.completedSteps - resumedAt,
        totalSteps - resumedAt,
      );
      onProgress?.({
        type: 'step',
        stage: 'training',
        epoch: epoch + 1,
        epochs,
        step: step + 1,
        stepsPerEpoch,
        learningRate,
        secondsLeft,
        ...values,
      });
      if (step + 1 === stepsPerEpoch) {
        // A gradient can be finite, and the step along it not.
        spoiled = !(await areUsable(variables));
        if (spoiled) {
          throw new NonFiniteLossError(
            { term: 'weights', epoch: epoch + 1, step: step + 1, value: Number.NaN },
            { hint: `${spoiledWeights} ${lowerRate}` },
          );
        }
        const record = { epoch: epoch + 1, ...meanOf(position.sum, stepsPerEpoch) };
        position = { ...position, history: [...position.history, record], sum: emptySum() };
        await checkpoint?.save(snapshot());
        onProgress?.({ type: 'epoch', stage: 'training', epochs, secondsLeft, ...record });
      }
      await yieldToEventLoop();
    }
    return position.history;
  } catch (error) {
    if (started && !spoiled && leavesGoodWeights(error)) await checkpoint?.save(snapshot());
    throw error;
  } finally {
    running.dispose();
  }
}

const spoiledWeights = 'A step has left weights that are no numbers, or too large to compute with.';
const lowerRate = 'Try a lower learning rate.';

/** After any other error nobody knows what the weights are; the last checkpoint stays. */
function leavesGoodWeights(error: unknown): boolean {
  return FactornetError.isInstance(error) && !BackendUnavailableError.isInstance(error);
}

function namedVariables({
  variables,
  statistics,
  termState = [],
}: Pick<TrainOptions, 'variables' | 'statistics' | 'termState'>) {
  const all = [...variables, ...statistics, ...termState];
  return all.map((variable, index) => [`variable-${index}`, variable] as const);
}

async function loadOwn(store: CheckpointStore | undefined, fingerprint: string) {
  const state = await store?.load();
  if (state === undefined || state.fingerprint === fingerprint) return state;
  dispose([...state.tensors.values()]);
  return undefined;
}
