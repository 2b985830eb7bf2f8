import { useBackend } from '@factornet/core';
import { expectCloseArrays, expectNoLeak } from '@factornet/core/testing';
import { InvalidOptionError, ShapeMismatchError } from '@factornet/spec';
import { dispose, grad, ones, type Tensor2D, tensor2d, zeros } from '@tensorflow/tfjs';
import { beforeAll, describe, expect, it } from 'vitest';
import { gaussianKL } from '../bounds/gaussian-kl';
import { REFERENCE_LOSS_CASES } from '../testing/reference-loss-cases';
import { referenceInfoMin, referenceMoments } from './reference-info-min';

function lossOfCodes(codes: Tensor2D) {
  const { mean, logVariance } = referenceMoments(codes);
  const loss = referenceInfoMin(mean, logVariance);
  dispose([mean, logVariance]);
  return loss;
}

describe.each(['cpu', 'wasm'])('referenceInfoMin on %s', (backend) => {
  beforeAll(() => useBackend(backend));

  it.each(REFERENCE_LOSS_CASES)("agrees with the authors' code, batch $batch", async (example) => {
    const { batch, features, infoMinBatch, infoMinExample } = example;
    const codes = tensor2d([...infoMinBatch.x], [batch, features]);
    const ofBatch = lossOfCodes(codes);
    expectCloseArrays(await ofBatch.data(), [infoMinBatch.value]);
    const gradient = grad((input) => {
      const { mean, logVariance } = referenceMoments(input as Tensor2D);
      return referenceInfoMin(mean, logVariance);
    })(codes);
    expectCloseArrays(await gradient.data(), infoMinBatch.gradX, { absolute: 1e-6 });

    const mean = tensor2d([...infoMinExample.mean], [batch, features]);
    const logVariance = tensor2d([...infoMinExample.logVariance], [batch, features]);
    const [ofExamples, bound] = [
      referenceInfoMin(mean, logVariance),
      gaussianKL().value({ mean, logVariance }),
    ];
    expectCloseArrays(await ofExamples.data(), [infoMinExample.value]);
    expectCloseArrays(await bound.data(), [infoMinExample.value]);
    dispose([codes, ofBatch, gradient, mean, logVariance, ofExamples, bound]);
  });

  it('is 0 for every standardised code, whatever it tells', async () => {
    const one = Math.sqrt(3) / 2;
    const codes = tensor2d([[one], [-one], [one], [-one]]);
    const loss = lossOfCodes(codes);
    expectCloseArrays(await loss.data(), [0]);
    dispose([codes, loss]);
  });

  it('is ∞ for a feature that is constant, not NaN', async () => {
    const codes = ones([4, 2]) as Tensor2D;
    const loss = lossOfCodes(codes);
    expect((await loss.data())[0]).toBe(Number.POSITIVE_INFINITY);
    dispose([codes, loss]);
  });

  it('refuses a batch of 1 and moments of different shapes', () => {
    const [single, two] = [ones([1, 2]) as Tensor2D, zeros([2, 2]) as Tensor2D];
    expect(() => referenceMoments(single)).toThrow(InvalidOptionError);
    expect(() => referenceInfoMin(single, two)).toThrow(ShapeMismatchError);
    dispose([single, two]);
  });

  it('leaves no tensor behind', () =>
    expectNoLeak(() => {
      const codes = tensor2d([
        [1, 2],
        [3, 5],
      ]);
      dispose([codes, lossOfCodes(codes)]);
    }));
});
