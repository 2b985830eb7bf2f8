import { useBackend } from '@factornet/core';
import { expectCloseArrays, expectNoLeak } from '@factornet/core/testing';
import { InvalidOptionError, ShapeMismatchError } from '@factornet/spec';
import { dispose, grads, ones, type Tensor2D, tensor2d, zeros } from '@tensorflow/tfjs';
import { beforeAll, describe, expect, it } from 'vitest';
import { infoNCE } from '../bounds/info-nce';
import { valueAt } from '../testing/evaluate';
import { expectGolden } from '../testing/expect-golden';
import { REFERENCE_LOSS_CASES } from '../testing/reference-loss-cases';
import { cosineFixture, SCORE_GOLDENS } from '../testing/score-goldens';
import { referenceInfoMax, referenceInfoMaxOfScores } from './reference-info-max';

const constant = (batch: number, value: number) =>
  Array.from({ length: batch }, () => new Array(batch).fill(value));

describe.each(['cpu', 'wasm'])('referenceInfoMax on %s', (backend) => {
  beforeAll(() => useBackend(backend));

  it.each(REFERENCE_LOSS_CASES)("agrees with the authors' code, batch $batch", async (example) => {
    const { batch, features, a, b, infoMax } = example;
    const [teacher, common] = [tensor2d([...a], [batch, features]), tensor2d([...b], [batch, features])];
    const loss = referenceInfoMax(teacher, common);
    expectCloseArrays(await loss.data(), [infoMax.value]);
    const [atTeacher, atCommon] = grads((...both) =>
      referenceInfoMax(both[0] as Tensor2D, both[1] as Tensor2D),
    )([teacher, common]);
    expectCloseArrays(await (atTeacher as Tensor2D).data(), infoMax.gradA, { absolute: 1e-6 });
    expectCloseArrays(await (atCommon as Tensor2D).data(), infoMax.gradB, { absolute: 1e-6 });
    dispose([teacher, common, loss, atTeacher as Tensor2D, atCommon as Tensor2D]);
  });

  it('agrees with the goldens of its scores', () =>
    expectGolden(referenceInfoMaxOfScores, SCORE_GOLDENS.referenceInfoMax, cosineFixture));

  it('is −1/B for aligned features that are otherwise orthogonal', async () => {
    const identity = constant(8, 0).map((row, i) => row.map((_, j) => Number(i === j)));
    expectCloseArrays([await valueAt(referenceInfoMaxOfScores, identity)], [-1 / 8]);
  });

  it('prefers collapse, features that are constant and opposite, which tell nothing', async () => {
    expectCloseArrays([await valueAt(referenceInfoMaxOfScores, constant(64, 1))], [0.97445], {
      absolute: 1e-5,
    });
    expectCloseArrays([await valueAt(referenceInfoMaxOfScores, constant(64, -1))], [-0.95788], {
      absolute: 1e-5,
    });
    expectCloseArrays([await valueAt(infoNCE().value, constant(64, -1))], [0], { absolute: 1e-5 });
  });

  it('stays finite, and so does its gradient, for rows of zeros', async () => {
    const [teacher, common] = [zeros([3, 2]) as Tensor2D, ones([3, 2]) as Tensor2D];
    const gradients = grads((...both) => referenceInfoMax(both[0] as Tensor2D, both[1] as Tensor2D))([
      teacher,
      common,
    ]);
    for (const gradient of gradients) expect((await gradient.data()).every(Number.isFinite)).toBe(true);
    dispose([teacher, common, ...gradients]);
  });

  it('refuses features of different shapes, and a batch of 1', () => {
    const [three, two, single] = [
      ones([3, 2]) as Tensor2D,
      ones([2, 2]) as Tensor2D,
      ones([1, 2]) as Tensor2D,
    ];
    expect(() => referenceInfoMax(three, two)).toThrow(ShapeMismatchError);
    expect(() => referenceInfoMax(single, single)).toThrow(InvalidOptionError);
    dispose([three, two, single]);
  });

  it('leaves no tensor behind', () =>
    expectNoLeak(() => {
      const features = ones([3, 2]) as Tensor2D;
      dispose([features, referenceInfoMax(features, features)]);
    }));
});
