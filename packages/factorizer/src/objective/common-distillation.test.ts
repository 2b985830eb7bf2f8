import { setBackend, tensor1d, tidy } from '@tensorflow/tfjs';
import { beforeAll, describe, expect, it } from 'vitest';
import { describeObjectiveTerm } from '../conformance/describe-objective-term';
import { suitePass, suiteRequest, suiteTasks } from '../conformance/suite-pass';
import { dot, logSoftmaxOf, probeTerm, sumOf } from '../testing/term-probe';
import { type CommonDistillationOptions, commonDistillation } from './common-distillation';
import type { TrainingPass } from './objective-term';

beforeAll(() => setBackend('cpu'));

/** Kernel and bias of each task's head on z. */
const weights = [
  [1, 0, 0, 0, 1, 0, 0, 0, 1, 0.5, -0.5, 0.25],
  [0.1, 0.2, -0.3],
  [1, -1, 0.5, 0.5, -1, 2, 0, 0.3],
  [0, 0.7],
];

async function evaluated(options: CommonDistillationOptions, change: (pass: TrainingPass) => TrainingPass) {
  const running = commonDistillation(options).prepare(suiteRequest);
  running.variables.forEach((one, index) => {
    tidy(() => one.assign(tensor1d(weights[index] as number[]).reshape(one.shape)));
  });
  const pass = suitePass();
  const value = tidy(() => running.evaluate(change(pass.compute())));
  const [nats] = await value.data();
  const state = (await running.state?.[0]?.array()) as number[] | undefined;
  for (const each of [value, running, pass]) each.dispose();
  return { nats: nats as number, state };
}

/** Loss by labels and KL to the teacher's softened answers of each task, in plain numbers. */
async function byHand(temperature: number) {
  const { common, factors } = await probeTerm(commonDistillation());
  return suiteTasks.map(({ classes }, task) => {
    const [kernel, bias] = [weights[2 * task] as number[], weights[2 * task + 1] as number[]];
    const { targets, teacherLogits } = factors[task] as (typeof factors)[number];
    const labelled = targets.flatMap((target, row) => {
      if (sumOf(target) === 0) return [];
      const logits = classes.map(
        (_, k) =>
          (bias[k] as number) +
          dot(
            common[row] as number[],
            [0, 1, 2, 3].map((d) => kernel[d * classes.length + k] as number),
          ),
      );
      const own = logSoftmaxOf(logits);
      const soft = logSoftmaxOf((teacherLogits[row] as number[]).map((logit) => logit / temperature));
      const probabilities = soft.map(Math.exp);
      return [[-dot(target, own), dot(probabilities, soft) - dot(probabilities, own)] as const];
    });
    const mean = (part: 0 | 1) => sumOf(labelled.map((row) => row[part])) / labelled.length;
    return { loss: mean(0), taught: mean(1) };
  });
}

describe('commonDistillation', () => {
  it('is the loss of linear heads on z and their distance from the softened teacher, summed over tasks', async () => {
    const expected = await byHand(10);
    const { nats } = await evaluated({ balanced: false }, (pass) => pass);
    expect(nats).toBeCloseTo(sumOf(expected.map(({ loss, taught }) => loss + taught)), 4);
    const other = await byHand(3);
    const light = await evaluated({ temperature: 3, transferWeight: 0.1 }, (pass) => pass);
    expect(light.nats).toBeCloseTo(sumOf(other.map(({ loss, taught }) => loss + 0.1 * taught)), 4);
  });

  it('is the loss alone where there is no teacher', async () => {
    const expected = await byHand(10);
    const { nats } = await evaluated({}, (pass) => ({
      ...pass,
      tasks: pass.tasks.map(({ task, kind, targets }) => ({ task, kind, targets })),
    }));
    expect(nats).toBeCloseTo(sumOf(expected.map(({ loss }) => loss)), 4);
  });

  it('remembers the error of each task by its labels, which a checkpoint keeps', async () => {
    const expected = (await byHand(10)).map(({ loss }) => 0.95 + 0.05 * loss);
    const { state } = await evaluated({}, (pass) => pass);
    state?.forEach((average, task) => {
      expect(average).toBeCloseTo(expected[task] as number, 5);
    });
    expect(state).toHaveLength(2);
    expect((await evaluated({ balanced: false }, (pass) => pass)).state).toBeUndefined();
  });

  it('reaches z and nothing of any factor', async () => {
    expect((await probeTerm(commonDistillation())).reached).toEqual(['common']);
  });
});

describeObjectiveTerm('commonDistillation', () => commonDistillation());
describeObjectiveTerm('commonDistillation, not balanced', () => commonDistillation({ balanced: false }));
