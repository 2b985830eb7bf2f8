import { useBackend } from '@factornet/core';
import { expectCloseArrays, expectNoLeak } from '@factornet/core/testing';
import { randomStream } from '@factornet/core/training';
import { InvalidOptionError, ShapeMismatchError } from '@factornet/spec';
import { dispose, fill, neg, type Tensor2D, tensor2d } from '@tensorflow/tfjs';
import { beforeAll, describe, expect, it } from 'vitest';
import { scoreFixture } from '../testing/score-fixture';
import { SCORE_GOLDENS } from '../testing/score-goldens';
import { diagnose } from './diagnose';

describe('diagnose', () => {
  beforeAll(() => useBackend('cpu'));

  it('has the means of both kinds of pairs, and both bounds, of scores', async () => {
    const fixture = scoreFixture(4);
    const scores = tensor2d(fixture);
    const diagnosis = await diagnose(scores);
    scores.dispose();
    const all = fixture.flat();
    const positive = fixture.map((row, index) => row[index] as number);
    const sum = (values: number[]) => values.reduce((total, value) => total + value, 0);
    const mean = sum(all) / 16;
    expectCloseArrays(
      [
        diagnosis.meanPositiveScore,
        diagnosis.meanNegativeScore,
        diagnosis.scoreDeviation,
        diagnosis.donskerVaradhan,
        diagnosis.infoNCE,
      ],
      [
        sum(positive) / 4,
        (sum(all) - sum(positive)) / 12,
        Math.sqrt(sum(all.map((value) => (value - mean) ** 2)) / 16),
        SCORE_GOLDENS.donskerVaradhan.four,
        // The mean of both axes' goldens.
        (1.2550577571 + 1.1109964409) / 2,
      ],
      { absolute: 1e-5 },
    );
    expect(diagnosis).not.toHaveProperty('meanCosinePositive');
  });

  it('shows collapse to opposite constants, which some losses reward, as cosines of −1 and 0 nats', async () => {
    const x = fill([64, 8], 0.3) as Tensor2D;
    const y = neg(x) as Tensor2D;
    const { meanCosinePositive, meanCosineNegative, donskerVaradhan, infoNCE } = await diagnose({ x, y });
    dispose([x, y]);
    expectCloseArrays([meanCosinePositive as number, meanCosineNegative as number], [-1, -1], {
      absolute: 1e-5,
    });
    expectCloseArrays([donskerVaradhan, infoNCE], [0, 0], { absolute: 1e-4 });
  });

  it('shows embeddings that agree as cosines far apart, and as much information as the batch can show', async () => {
    const x = tensor2d(randomStream(1, 'x').normals(64 * 32), [64, 32]);
    const diagnosis = await diagnose({ x, y: x }, { temperature: 0.05 });
    x.dispose();
    expect(diagnosis.meanCosinePositive).toBeCloseTo(1, 5);
    expect(Math.abs(diagnosis.meanCosineNegative as number)).toBeLessThan(0.05);
    expect(diagnosis.infoNCE).toBeGreaterThan(Math.log(64) - 0.01);
  });

  it('refuses embeddings of different lengths, scores that are not square, and a temperature of 0', async () => {
    const [x, y, wide] = [tensor2d([[1], [2]]), tensor2d([[1], [2]]), tensor2d([[1, 2]])];
    await expect(diagnose({ x, y: wide })).rejects.toThrow(ShapeMismatchError);
    await expect(diagnose(wide)).rejects.toThrow(ShapeMismatchError);
    await expect(diagnose({ x, y }, { temperature: 0 })).rejects.toThrow(InvalidOptionError);
    dispose([x, y, wide]);
  });

  it('leaves no tensor behind', async () => {
    await expectNoLeak(async () => {
      const x = tensor2d([
        [1, 2],
        [3, -4],
      ]);
      await diagnose({ x, y: x });
      x.dispose();
    });
  });
});
