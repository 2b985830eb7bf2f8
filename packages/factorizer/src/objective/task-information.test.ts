import { expectCloseArrays } from '@factornet/core/testing';
import {
  dispose,
  type Scalar,
  setBackend,
  type Tensor,
  type Tensor2D,
  tensor1d,
  tidy,
  type Variable,
  variableGrads,
  zerosLike,
} from '@tensorflow/tfjs';
import { beforeAll, describe, expect, it } from 'vitest';
import { describeObjectiveTerm } from '../conformance/describe-objective-term';
import { suitePass, suiteRequest, suiteTasks } from '../conformance/suite-pass';
import { trainableClassification } from '../kinds/classification/trainable-classification';
import { dot, logSoftmaxOf, probeTerm, sumOf } from '../testing/term-probe';
import type { PreparedTerm } from './objective-term';
import { taskInformation } from './task-information';

beforeAll(() => setBackend('cpu'));

/** Kernel and bias of each task's classifier. */
const weights: (number[] | number[][])[] = [
  [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
    [0.5, -0.5, 0.25],
  ],
  [0.1, 0.2, -0.3],
  [
    [1, -1],
    [0.5, 0.5],
    [-1, 2],
  ],
  [0, 0.7],
];
const entropies = { first: 1.01, second: 0.66 };

describe('taskInformation', () => {
  it('is H(y) plus the mean log-likelihood of a linear classifier on t alone, summed over tasks', async () => {
    const running = taskInformation().prepare({ ...suiteRequest, labelEntropy: entropies });
    running.variables.forEach((variable, index) => {
      tidy(() => variable.assign(tensor1d(weights[index]?.flat() as number[]).reshape(variable.shape)));
    });
    const pass = suitePass();
    const value = tidy(() => running.evaluate(pass.compute()));
    const { factors } = await probeTerm(taskInformation());
    const expected = factors.map(({ sample, targets }, task) => {
      const kernel = weights[2 * task] as number[][];
      const bias = weights[2 * task + 1] as number[];
      const rows = sample.flatMap((code, index) => {
        const target = targets[index] as number[];
        if (sumOf(target) === 0) return [];
        const logits = bias.map(
          (offset, k) =>
            offset +
            dot(
              code,
              kernel.map((row) => row[k] as number),
            ),
        );
        return [dot(target, logSoftmaxOf(logits))];
      });
      return (Object.values(entropies)[task] as number) + sumOf(rows) / rows.length;
    });
    expect((await value.data())[0]).toBeCloseTo(sumOf(expected), 4);
    value.dispose();
    running.dispose();
    pass.dispose();
  });

  it('is at most the entropy of the labels, and 0 for a classifier that says nothing about even labels', async () => {
    const running = taskInformation().prepare({
      ...suiteRequest,
      labelEntropy: { first: Math.log(3), second: Math.log(2) },
    });
    for (const variable of running.variables) tidy(() => variable.assign(zerosLike(variable)));
    const pass = suitePass();
    const value = tidy(() => running.evaluate(pass.compute()));
    expect((await value.data())[0]).toBeCloseTo(0, 6);
    value.dispose();
    running.dispose();
    pass.dispose();
  });

  it('trains on the teacher’s softened answers, too, where asked, and reports the information all the same', async () => {
    const pass = suitePass();
    const leaves = ['first/mean', 'second/mean'].map((name) => pass.leaves[name] as Variable);
    const slopesOf = async (evaluate: () => Scalar) => {
      const { value, grads } = variableGrads(() => tidy(evaluate), leaves);
      const [nats] = await value.data();
      const slopes = await Promise.all(leaves.map(async ({ name }) => (await grads[name]?.data()) ?? []));
      dispose([value, grads]);
      return { nats, slopes: slopes.flatMap((each) => [...each]) };
    };
    const [plain, taught] = [{}, { transferWeight: 0.7, temperature: 10 }].map((options) =>
      taskInformation(options).prepare(suiteRequest),
    ) as [PreparedTerm, PreparedTerm];
    const kind = trainableClassification();
    const distance = () => {
      // The heads of the term, of kernel and bias each.
      const losses = pass.compute().factors.map(({ sample, targets, teacherLogits }, task) => {
        const [kernel, bias] = plain.variables.slice(2 * task) as unknown as [Tensor2D, Tensor];
        const outputs = sample.matMul(kernel).add(bias);
        const teacherOutputs = teacherLogits as Tensor;
        return kind.transferLoss({ outputs, targets, teacherOutputs, temperature: 10, outputTemperature: 1 });
      });
      return losses.reduce((sum, loss) => sum.add(loss));
    };
    const [one, other] = [
      await slopesOf(() => plain.evaluate(pass.compute())),
      await slopesOf(() => taught.evaluate(pass.compute())),
    ];
    const taken = await slopesOf(distance);
    expect(other.nats).toBe(one.nats);
    expectCloseArrays(
      other.slopes,
      one.slopes.map((slope, index) => slope - 0.7 * (taken.slopes[index] as number)),
      { absolute: 1e-5 },
    );
    for (const each of [plain, taught, pass]) each.dispose();
  });

  it('needs no head for a code that answers by itself, and judges that answer', async () => {
    const codes = Object.fromEntries(
      suiteTasks.map(({ name }) => [name, { type: 'categorical', answers: true }]),
    );
    const running = taskInformation().prepare({ ...suiteRequest, codes });
    expect(running.variables).toEqual([]);
    const pass = suitePass();
    const { factors, ...rest } = pass.compute();
    const answering = factors.map((factor) => ({ ...factor, answer: factor.teacherLogits as Tensor2D }));
    const value = tidy(() => running.evaluate({ ...rest, factors: answering }));
    const plain = await probeTerm(taskInformation());
    const expected = plain.factors.map(({ teacherLogits, targets }, task) => {
      const rows = targets.flatMap((target, row) =>
        sumOf(target) === 0 ? [] : [dot(target, logSoftmaxOf(teacherLogits[row] as number[]))],
      );
      return (Object.values(suiteRequest.labelEntropy)[task] as number) + sumOf(rows) / rows.length;
    });
    expect((await value.data())[0]).toBeCloseTo(sumOf(expected), 4);
    for (const each of [value, running, pass]) each.dispose();
  });

  it('reaches the encoders through a sample, but neither the common network nor a head that is kept', async () => {
    const { reached } = await probeTerm(taskInformation());
    expect(reached).toEqual(['first/mean', 'first/log-variance', 'second/mean', 'second/log-variance']);
  });
});

describeObjectiveTerm('taskInformation', () => taskInformation());
describeObjectiveTerm('taskInformation with a teacher', () => taskInformation({ transferWeight: 1 }));
