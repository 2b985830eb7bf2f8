import { setBackend, tensor1d, tidy, zerosLike } from '@tensorflow/tfjs';
import { beforeAll, describe, expect, it } from 'vitest';
import { describeObjectiveTerm } from '../conformance/describe-objective-term';
import { suitePass, suiteRequest } from '../conformance/suite-pass';
import { dot, logSoftmaxOf, probeTerm, sumOf } from '../testing/term-probe';
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

  it('reaches the encoders through a sample, but neither the common network nor a head that is kept', async () => {
    const { reached } = await probeTerm(taskInformation());
    expect(reached).toEqual(['first/mean', 'first/log-variance', 'second/mean', 'second/log-variance']);
  });
});

describeObjectiveTerm('taskInformation', () => taskInformation());
