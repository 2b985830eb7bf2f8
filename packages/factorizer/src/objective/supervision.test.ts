import { expectCloseArrays, expectNoLeak } from '@factornet/core/testing';
import {
  dispose,
  type Scalar,
  setBackend,
  tensor2d,
  tidy,
  type Variable,
  variableGrads,
} from '@tensorflow/tfjs';
import { beforeAll, describe, expect, it } from 'vitest';
import { describeObjectiveTerm } from '../conformance/describe-objective-term';
import { suitePass, suiteRequest, suiteTasks } from '../conformance/suite-pass';
import { crossEntropy } from '../kinds/classification/cross-entropy';
import { dot, logSoftmaxOf, probeTerm, sumOf } from '../testing/term-probe';
import { supervision } from './supervision';

beforeAll(() => setBackend('cpu'));

describe('supervision', () => {
  it.each([0, 0.1])(
    'is the cross-entropy of labelled rows, summed over tasks, smoothed by %d',
    async (amount) => {
      const { value, factors } = await probeTerm(supervision({ labelSmoothing: amount }));
      const expected = factors.map(({ logits, targets }) => {
        const rows = logits.map((row, index): number[] => {
          const target = targets[index] as number[];
          if (sumOf(target) === 0) return [];
          const classes = target.length;
          return [
            -dot(
              target.map((share) => share * (1 - amount) + amount / classes),
              logSoftmaxOf(row),
            ),
          ];
        });
        return sumOf(rows.flat()) / rows.flat().length;
      });
      // Four of five rows have a label in each task.
      expect(value).toBeCloseTo(sumOf(expected), 5);
    },
  );

  it('ignores what the networks say where there is no label', async () => {
    const logits = (last: number) =>
      tensor2d([
        [1, 2],
        [last, 0],
      ]);
    const targets = tensor2d([
      [0, 1],
      [0, 0],
    ]);
    const [one, other] = [5, -700].map((value) => crossEntropy({ targets, outputs: logits(value) })) as [
      Scalar,
      Scalar,
    ];
    expect(await one.data()).toEqual(await other.data());
    expect((await one.data())[0]).toBeCloseTo(Math.log(1 + Math.exp(-1)), 6);
  });

  it('is 0 without any label', async () => {
    const { value } = await probeTerm(supervision(), {
      labels: [new Array(5).fill(-1), new Array(5).fill(-1)],
    });
    expect(value).toBe(0);
  });

  it('reaches the common network, every encoder and every head', async () => {
    const { reached } = await probeTerm(supervision());
    expect(reached).toEqual([
      'common',
      ...['first', 'second'].flatMap((task) => [`${task}/mean`, `${task}/log-variance`, `${task}/head`]),
    ]);
  });

  it('is reported as the plain sum where it is balanced, and trained by what tasks get wrong', async () => {
    const [plain, balanced] = [supervision(), supervision({ balanced: true })];
    expect((await probeTerm(balanced)).value).toBeCloseTo((await probeTerm(plain)).value, 6);
    const pass = suitePass();
    const slopesOf = async (term: ReturnType<typeof supervision>) => {
      const running = term.prepare(suiteRequest);
      const heads = suiteTasks.map(({ name }) => pass.leaves[`${name}/head`] as Variable);
      const { value, grads } = variableGrads(() => tidy(() => running.evaluate(pass.compute())), heads);
      const [average] = running.state ?? [];
      const shares = ((await average?.array()) as number[] | undefined)?.map((error) => error + 0.02);
      const slopes = await Promise.all(
        heads.map(async ({ name }) => Array.from((await grads[name]?.data()) ?? [])),
      );
      dispose([value, grads]);
      running.dispose();
      return { shares, slopes };
    };
    const [one, other] = [await slopesOf(plain), await slopesOf(balanced)];
    expect(one.shares).toBeUndefined();
    const [first = 0, second = 0] = other.shares ?? [];
    for (const [task, share] of [first, second].entries()) {
      const weight = (2 * share) / (first + second);
      expectCloseArrays(
        other.slopes[task] as number[],
        (one.slopes[task] as number[]).map((slope) => weight * slope),
        { absolute: 1e-5 },
      );
    }
    expect(first).not.toBeCloseTo(second, 3);
    pass.dispose();
  });

  it('leaves no tensor behind', () => expectNoLeak(() => probeTerm(supervision({ labelSmoothing: 0.1 }))));
});

describeObjectiveTerm('supervision', () => supervision());
describeObjectiveTerm('supervision with label smoothing', () => supervision({ labelSmoothing: 0.1 }));
describeObjectiveTerm('supervision, balanced', () => supervision({ balanced: true }));
