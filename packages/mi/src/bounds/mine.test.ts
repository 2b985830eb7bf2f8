import { useBackend } from '@factornet/core';
import { expectCloseArrays, expectNoLeak } from '@factornet/core/testing';
import { randomStream } from '@factornet/core/training';
import { InvalidOptionError } from '@factornet/spec';
import { dispose, train as optimizers, type Scalar, type Tensor2D, tensor2d, tidy } from '@tensorflow/tfjs';
import { beforeAll, describe, expect, it } from 'vitest';
import { describeCriticEstimator } from '../conformance/describe-critic-estimator';
import { bilinearCritic } from '../critics/bilinear-critic';
import type { RunningSurrogate } from '../estimator';
import { gradientAt, valueAt } from '../testing/evaluate';
import { expectGolden } from '../testing/expect-golden';
import { scoreFixture } from '../testing/score-fixture';
import { SCORE_GOLDENS } from '../testing/score-goldens';
import { type MineOptions, mine } from './mine';

const start = (options?: MineOptions) => mine(options).start?.() as RunningSurrogate;
/** The fixture, larger from step to step. */
const scoresAt = (step: number) => scoreFixture(4).map((row) => row.map((score) => score * (1 + step / 2)));

/** The specification in numbers of 64 bits, one step after the other. */
function expectedSteps(rate: number, penalty: number, count: number) {
  let average = 0;
  return Array.from({ length: count }, (_, step) => {
    const scores = scoresAt(step);
    const joint = scores.reduce((sum, row, i) => sum + (row[i] as number), 0) / 4;
    const others = scores.flatMap((row, i) => row.filter((_, j) => i !== j));
    const mean = others.reduce((sum, score) => sum + Math.exp(score), 0) / 12;
    average = step === 0 ? mean : rate * mean + (1 - rate) * average;
    const value = joint - mean / average - penalty * Math.log(mean) ** 2;
    const gradient = scores.flatMap((row, i) =>
      row.map((score, j) => {
        if (i === j) return 1 / 4;
        const drift = (2 * penalty * Math.log(mean) * Math.exp(score)) / (12 * mean);
        return -Math.exp(score) / (12 * average) - drift;
      }),
    );
    return { value, gradient };
  });
}

describe.each(['cpu', 'wasm'])('mine on %s', (backend) => {
  beforeAll(() => useBackend(backend));

  describeCriticEstimator('mine', mine(), { holdsPartConstant: true });

  it('has the value of Donsker–Varadhan, and its gradient at the first step', async () => {
    await expectGolden(mine().value, SCORE_GOLDENS.donskerVaradhan);
    const gradient = await gradientAt(mine().surrogate, scoreFixture(4));
    expectCloseArrays(gradient, SCORE_GOLDENS.donskerVaradhan.gradient, { absolute: 1e-6 });
  });

  it.each([
    { rate: 0.01, driftPenalty: 0 },
    { rate: 0.3, driftPenalty: 0 },
    { rate: 1, driftPenalty: 0 },
    { rate: 0.3, driftPenalty: 0.1 },
  ])('follows the formula, rate $rate, drift penalty $driftPenalty', async ({ rate, driftPenalty }) => {
    const forValue = start({ rate, driftPenalty });
    const forGradient = start({ rate, driftPenalty });
    for (const [step, expected] of expectedSteps(rate, driftPenalty, 4).entries()) {
      const scores = scoresAt(step);
      expectCloseArrays([await valueAt(forValue.surrogate, scores)], [expected.value]);
      expectCloseArrays(await gradientAt(forGradient.surrogate, scores), expected.gradient);
    }
    forValue.dispose();
    forGradient.dispose();
  });

  it('keeps its average in logarithms, whatever the size of the scores', async () => {
    const running = start({ rate: 0.5 });
    const at = (score: number) => [
      [0, score],
      [score, 0],
    ];
    expectCloseArrays([await valueAt(running.surrogate, at(5000))], [-1]);
    // exp(−5000) adds nothing; half of exp(5000) is left.
    expectCloseArrays([await valueAt(running.surrogate, at(-5000))], [0]);
    expectCloseArrays([await valueAt(running.surrogate, at(5000))], [-1 / (0.5 + 0.25)], { absolute: 1e-3 });
    running.dispose();
  });

  describe('with a critic', () => {
    const draw = (pairs: number, step: number): [Tensor2D, Tensor2D] => {
      const random = randomStream(6, 'mine', step);
      const x = random.normals(2 * pairs);
      const y = random.normals(2 * pairs).map((noise, k) => (x[k] as number) + 0.7 * noise);
      return [tensor2d(x, [pairs, 2]), tensor2d(y, [pairs, 2])];
    };
    const train = async (steps: number) => {
      const critic = bilinearCritic().create({ xFeatures: 2, yFeatures: 2, seed: 1, name: 'mine-critic' });
      const running = start({ rate: 0.1 });
      const optimizer = optimizers.adam(0.04);
      const read = async () => {
        const nats = tidy(() => mine().value(critic.scores(...draw(128, -1))));
        const [value] = await nats.data();
        nats.dispose();
        return value as number;
      };
      const before = await read();
      for (let step = 0; step < steps; step++) {
        const [x, y] = draw(32, step);
        optimizer.minimize(() => running.surrogate(critic.scores(x, y)).neg() as Scalar, false, [
          ...critic.variables,
        ]);
        dispose([x, y]);
      }
      const after = await read();
      critic.dispose();
      running.dispose();
      optimizer.dispose();
      return after - before;
    };

    it('trains it', async () => {
      expect(await train(30)).toBeGreaterThan(0.2);
    });

    it('leaves no tensor behind', () => expectNoLeak(() => train(2)));
  });

  it.each([{ rate: 0 }, { rate: 1.1 }, { rate: Number.NaN }, { driftPenalty: -1 }])(
    'refuses %o',
    (options) => {
      expect(() => mine(options)).toThrow(InvalidOptionError);
    },
  );
});
