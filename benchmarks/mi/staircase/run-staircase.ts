import { type CriticNetwork, jointCritic, separableCritic } from '@factornet/mi';
import { correlatedGaussians } from '@factornet/mi/benchmark';
import {
  dispose,
  keep,
  type Scalar,
  stack,
  type Tensor2D,
  tensor2d,
  tidy,
  train,
  type Variable,
  variableGrads,
} from '@tensorflow/tfjs';
import { batchSize, dimensions, levels, type StaircaseJob, type StaircaseResult } from './job';
import { summarise } from './summarise';
import { type Training, trainings } from './trainings';

/** Read back at once: awaiting a tensor for every step costs more than the step. */
const READ_EVERY = 50;

const critics = { separable: separableCritic(), joint: jointCritic({ hidden: [128, 128] }) };

/**
 * Trains one critic on fresh batches while the truth rises level by level, without a new start between levels.
 * Every batch is read before the critic learns from it.
 */
export async function runStaircase(job: StaircaseJob): Promise<StaircaseResult> {
  const training = trainings.find(({ name }) => name === job.training);
  if (training === undefined) throw new Error(`no training is called ${job.training}`);
  const startedAt = performance.now();
  const request = { xFeatures: dimensions, yFeatures: dimensions, seed: job.seed, name: 'critic' };
  const critic = critics[job.critic].create(request);
  const steps = { total: job.stepsPerLevel * levels.length };
  const readings = Object.fromEntries(
    Object.keys(training.readings).map((name) => [name, new Float64Array(steps.total)]),
  );
  const trainStep = createStep(training, critic, request);
  let unread: Tensor2D[] = [];
  let written = 0;
  for (const [level, nats] of levels.entries()) {
    const task = correlatedGaussians({ dimensions, nats, cubic: job.task === 'cubic' });
    for (let step = 0; step < job.stepsPerLevel; step++) {
      const { x, y } = task.sample(batchSize, job.seed * 1e6 + level * job.stepsPerLevel + step);
      unread.push(
        tidy(() =>
          trainStep(
            tensor2d(Float32Array.from(x.data), [batchSize, dimensions]),
            tensor2d(Float32Array.from(y.data), [batchSize, dimensions]),
          ),
        ),
      );
      if (unread.length < READ_EVERY && level * job.stepsPerLevel + step + 1 < steps.total) continue;
      const block = tidy(() => stack(unread));
      const values = await block.data();
      for (const tensor of [block, ...unread]) tensor.dispose();
      const columns = Object.values(readings);
      for (let row = 0; row < unread.length; row++) {
        for (const [column, series] of columns.entries()) {
          series[written + row] = values[row * columns.length + column] as number;
        }
      }
      written += unread.length;
      unread = [];
    }
  }
  critic.dispose();
  return { ...summarise(readings), seconds: (performance.now() - startedAt) / 1000 };
}

/** One update; answers what each reading made of the batch before it, `[readings]`. */
function createStep(
  { estimator, readings }: Training,
  critic: CriticNetwork,
  request: { yFeatures: number; seed: number },
): (x: Tensor2D, y: Tensor2D) => Tensor2D {
  const baseline = estimator.baseline?.create({ ...request, name: 'baseline' });
  const running = estimator.start?.() ?? estimator;
  const optimizer = train.adam(5e-4);
  const variables = [...critic.variables, ...(baseline?.variables ?? [])] as Variable[];
  return (x, y) => {
    let values: Scalar[] = [];
    const { value, grads } = variableGrads(() => {
      const scores = critic.scores(x, y);
      const logBaseline = baseline?.logBaseline(y);
      values = Object.values(readings).map((reading) => keep(reading.value(scores, logBaseline)));
      return running.surrogate(scores, logBaseline).neg() as Scalar;
    }, variables);
    optimizer.applyGradients(Object.entries(grads).map(([name, tensor]) => ({ name, tensor })));
    const read = stack(values) as Tensor2D;
    dispose([value, ...Object.values(grads), ...values]);
    return read;
  };
}
