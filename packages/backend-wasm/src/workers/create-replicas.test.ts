import { createHash } from 'node:crypto';
import * as tf from '@tensorflow/tfjs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import '../index';
import { seededTensor } from '../testing/on-both-backends';
import { contrastiveLoss, smallModel, trainableVariables, twoOutputModel } from '../testing/replica-models';
import { createReplicas, type Replicas } from './create-replicas';
import type { ReplicaObjective, ReplicaOutput } from './differentiate';

beforeAll(async () => {
  await tf.setBackend('wasm');
});

/** Two models, one of them with two outputs, and an objective with a variable of its own. */
function setting(options: { norm: boolean; dropout?: boolean }) {
  const models = [twoOutputModel(options), smallModel()];
  const critic = tf.variable(seededTensor([4, 4], 90));
  const objective: ReplicaObjective = ([pair, code]) => {
    const [mean, logVariance] = pair as [tf.Tensor2D, tf.Tensor2D];
    const contrast = contrastiveLoss(mean, code as tf.Tensor2D, critic);
    return contrast.add(logVariance.exp().sub(logVariance).mean()).asScalar();
  };
  return {
    models,
    critic,
    objective,
    variables: [...trainableVariables(models), critic],
    dispose: () => {
      tf.dispose([critic]);
      for (const model of models) model.dispose();
    },
  };
}
type Setting = ReturnType<typeof setting>;
type Gradients = { value: tf.Scalar; grads: tf.NamedTensorMap };

const inThisThread = ({ models, objective, variables }: Setting, x: tf.Tensor): Gradients =>
  tf.variableGrads(
    () => objective(models.map((model) => model.apply(x, { training: true }) as ReplicaOutput)),
    variables,
  );

/** Loss and gradients of every step, and the weights after the last; statistics are among the weights. */
async function train(run: Setting, take: (x: tf.Tensor) => Gradients | Promise<Gradients>, batch: number) {
  const optimizer = tf.train.adam(0.01);
  const values: number[] = [];
  const gradients: Float32Array[] = [];
  for (let step = 0; step < 5; step++) {
    const x = seededTensor([batch, 8, 8, 2], 100 + step);
    const { value, grads } = await take(x);
    values.push(value.dataSync()[0] as number);
    for (const { name } of run.variables) gradients.push((grads[name] as tf.Tensor).dataSync<'float32'>());
    optimizer.applyGradients(run.variables.map(({ name }) => ({ name, tensor: grads[name] as tf.Tensor })));
    tf.dispose([x, value, grads] as never);
  }
  optimizer.dispose();
  const weights = run.models.flatMap((model) =>
    model.getWeights().map((weight) => weight.dataSync<'float32'>()),
  );
  return { values, gradients, weights: [...weights, run.critic.dataSync<'float32'>()] };
}

async function withReplicas<Result>(
  run: Setting,
  workers: number,
  use: (replicas: Replicas) => Promise<Result>,
): Promise<Result> {
  const replicas = await createReplicas({ models: run.models, workers });
  try {
    return await use(replicas);
  } finally {
    await replicas.dispose();
  }
}

async function trainBothWays(options: { norm: boolean; dropout?: boolean }, workers: number, batch: number) {
  const alone = setting(options);
  const expected = await train(alone, (x) => inThisThread(alone, x), batch);
  const shared = setting(options);
  const received = await withReplicas(shared, workers, (replicas) =>
    train(shared, (x) => replicas.variableGrads(x, shared.objective, shared.variables), batch),
  );
  alone.dispose();
  shared.dispose();
  return { expected, received };
}

function largestDifference(expected: readonly Float32Array[], received: readonly Float32Array[]): number {
  return Math.max(
    ...expected.flatMap((values, index) => {
      const scale = Math.max(1e-2, ...values.map(Math.abs));
      return [...values].map((value, i) => Math.abs(value - (received[index]?.[i] as number)) / scale);
    }),
  );
}

describe('one worker', () => {
  it('trains bit for bit as this thread does, BatchNorm and seeded dropout included', async () => {
    const { expected, received } = await trainBothWays({ norm: true, dropout: true }, 1, 6);
    expect(received.values).toEqual(expected.values);
    expect(received.gradients).toEqual(expected.gradients);
    expect(received.weights).toEqual(expected.weights);
    expect(expected.values[4]).toBeLessThan(expected.values[0] as number);
  });
});

describe.each([
  { workers: 2, batch: 8, shards: 'even shards' },
  { workers: 3, batch: 7, shards: 'uneven shards' },
  { workers: 3, batch: 2, shards: 'more workers than examples' },
])('$workers workers, $shards', ({ workers, batch }) => {
  it('train as one thread does, up to rounding, contrastive objective included', async () => {
    const { expected, received } = await trainBothWays({ norm: false }, workers, batch);
    received.values.forEach((value, step) => {
      expect(value).toBeCloseTo(expected.values[step] as number, 4);
    });
    expect(largestDifference(expected.gradients, received.gradients)).toBeLessThan(1e-3);
    expect(largestDifference(expected.weights, received.weights)).toBeLessThan(1e-3);
  });
});

describe('replicas', () => {
  let run: Setting;
  let replicas: Replicas;
  let x: tf.Tensor;
  beforeAll(async () => {
    run = setting({ norm: true });
    replicas = await createReplicas({ models: run.models, workers: 2 });
    x = seededTensor([5, 8, 8, 2], 7);
  });
  afterAll(async () => {
    await replicas.dispose();
    run.dispose();
    x.dispose();
  });

  it('hold the same bits as the models, step after step', async () => {
    const optimizer = tf.train.sgd(0.1);
    for (let step = 0; step < 3; step++) {
      const { value, grads } = await replicas.variableGrads(x, run.objective, run.variables);
      optimizer.applyGradients(grads);
      tf.dispose([value, grads] as never);
      const hash = createHash('sha256');
      for (const kind of ['trainableWeights', 'nonTrainableWeights'] as const) {
        for (const model of run.models) {
          for (const weight of model[kind]) hash.update(weight.read().dataSync<'float32'>());
        }
      }
      const digest = hash.digest('hex');
      expect((await replicas.report()).map((report) => report.digest)).toEqual([digest, digest]);
    }
    optimizer.dispose();
  });

  it('normalize per shard, and average the moving statistics by rows', async () => {
    const model = run.models[0] as tf.LayersModel;
    const before = model.getWeights().map((weight) => weight.clone());
    const shards = [x.slice(0, 3), x.slice(3, 2)];
    const statistics = shards.map((shard) => {
      tf.tidy(() => void model.apply(shard, { training: true }));
      const values = model.nonTrainableWeights.map((weight) => weight.read().dataSync<'float32'>());
      model.setWeights(before);
      return values;
    });
    const { value, grads } = await replicas.variableGrads(x, run.objective);
    model.nonTrainableWeights.forEach((weight, index) => {
      const [first, second] = statistics.map((values) => values[index]) as [Float32Array, Float32Array];
      weight
        .read()
        .dataSync()
        .forEach((received, i) => {
          expect(received).toBeCloseTo(0.6 * (first[i] as number) + 0.4 * (second[i] as number), 5);
        });
      expect(first).not.toEqual(second);
    });
    tf.dispose([value, grads, before, shards] as never);
  });

  it('give zeros where the objective does not reach, and only what was asked for', async () => {
    const [encoder, small] = run.models as [tf.LayersModel, tf.LayersModel];
    const variables = [
      ...trainableVariables([small]),
      run.critic,
      ...trainableVariables([encoder]).slice(0, 1),
    ];
    const { value, grads } = await replicas.variableGrads(
      x,
      ([, code]) => (code as tf.Tensor).sum(),
      variables,
    );
    expect(Object.keys(grads).sort()).toEqual(variables.map(({ name }) => name).sort());
    const largest = variables.map(({ name }) => grads[name]?.abs().max().dataSync()[0] as number);
    expect(largest.map((size) => size > 0)).toEqual([true, true, false, false]);
    tf.dispose([value, grads] as never);
  });

  it('add what the objective takes from a weight of the models itself', async () => {
    const variables = trainableVariables(run.models.slice(1));
    const plain: ReplicaObjective = ([, code]) => (code as tf.Tensor).sum();
    const penalty = () => (variables[0] as tf.Variable).square().sum<tf.Scalar>();
    const one = await replicas.variableGrads(x, plain, variables);
    const two = await replicas.variableGrads(x, (outputs) => plain(outputs).add(penalty()), variables);
    const [weight, bias] = variables as [tf.Variable, tf.Variable];
    const difference = tf.tidy(() =>
      (two.grads[weight.name] as tf.Tensor).sub(one.grads[weight.name] as tf.Tensor),
    );
    difference.dataSync().forEach((received, i) => {
      expect(received).toBeCloseTo(2 * (weight.dataSync()[i] as number), 4);
    });
    expect(two.grads[bias.name]?.dataSync()).toEqual(one.grads[bias.name]?.dataSync());
    tf.dispose([one, two, difference] as never);
  });

  it('stay usable after an objective that throws or returns no scalar', async () => {
    await expect(
      replicas.variableGrads(x, () => {
        throw new Error('no such loss');
      }),
    ).rejects.toThrow('no such loss');
    const rows: ReplicaObjective = ([, code]) => code as tf.Scalar;
    await expect(replicas.variableGrads(x, rows)).rejects.toThrow(/must return a scalar.*shape \[5,4\]/);
    const { value, grads } = await replicas.variableGrads(x, run.objective);
    expect(Number.isFinite(value.dataSync()[0])).toBe(true);
    tf.dispose([value, grads] as never);
  });

  it('leave nothing behind, here or in the workers', async () => {
    const step = async () => {
      const { value, grads } = await replicas.variableGrads(x, run.objective, run.variables);
      tf.dispose([value, grads] as never);
      return tf.memory().numTensors;
    };
    const inWorkers = async () =>
      (await replicas.report()).map(({ tensors, heapBytes }) => [tensors, heapBytes]);
    const before = await step();
    const workersBefore = await inWorkers();
    for (let count = 0; count < 60; count++) expect(await step()).toBe(before);
    expect(await inWorkers()).toEqual(workersBefore);
  });

  it('take one call at a time', async () => {
    const first = replicas.variableGrads(x, run.objective);
    await expect(replicas.variableGrads(x, run.objective)).rejects.toThrow('in the middle of a step');
    tf.dispose((await first) as never);
  });
});
