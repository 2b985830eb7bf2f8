import { disposeBrick, gaussian } from '@factornet/core';
import { expectNoLeak } from '@factornet/core/testing';
import type { Dataset } from '@factornet/data';
import type { Critic } from '@factornet/mi';
import { CancelledError } from '@factornet/spec';
import {
  dispose,
  fill,
  layers,
  memory,
  sequential,
  setBackend,
  type Tensor2D,
  tensor1d,
  tidy,
  zeros,
} from '@tensorflow/tfjs';
import { beforeAll, describe, expect, it } from 'vitest';
import { type Known, knownData, knownFactorization } from '../testing/known-factorization';
import type { AdvanceEvent } from '../training/progress';
import { type EvaluateFactorizationOptions, evaluateFactorization } from './evaluate-factorization';
import { withReports } from './with-reports';

beforeAll(() => setBackend('cpu'));

const untrained = { steps: 0 };
const exact = (_task: string, label: number) => label;

/** Knows the answer, and has nothing to learn: the first numbers of both sides are equal, or not. */
const leftPixels: Critic = {
  name: 'left-pixels',
  create: () => ({
    scores: (x, y) =>
      tidy(() => {
        const first = (features: Tensor2D) => features.slice([0, 0], [-1, 1]);
        const difference = first(x).sub(first(y).transpose());
        return difference.square().mul(-20) as Tensor2D;
      }),
    variables: [],
    dispose: () => {},
  }),
};

/** Says "off" whatever it hears. */
function blindHead() {
  const head = sequential({ layers: [layers.dense({ units: 2, inputShape: [2] })] });
  const weights = [zeros([2, 2]), tensor1d([1, 0])];
  head.setWeights(weights);
  dispose(weights);
  return head;
}

async function evaluate(
  data: Dataset,
  { logVariance, ...change }: Partial<EvaluateFactorizationOptions> & { logVariance?: number } = {},
) {
  const known = await knownFactorization(logVariance);
  try {
    return await evaluateFactorization({ ...known, data, information: untrained, ...change });
  } finally {
    release(known);
  }
}

function release({ teacher, common, factors }: Known): void {
  teacher.dispose();
  disposeBrick(common);
  for (const factor of Object.values(factors)) disposeBrick(factor);
}

describe('evaluateFactorization', () => {
  it('finds what each network of a factorization is worth', async () => {
    const { examples, teacher, factors, leakage } = await evaluate(knownData(400, exact));
    expect(examples).toBe(400);
    expect(teacher.accuracy).toEqual({ left: 1, right: 0.5 });
    expect(factors.left?.accuracy).toBe(1);
    // Without z, "left" hears nothing and says "off"; without its dead TSN it is as good as before.
    expect(factors.left?.accuracyWithout).toEqual({ common: 0.5, specific: 1 });
    expect(factors.right?.accuracy).toBe(1);
    // Without z, right − left is above ½ for (0, 1) only: right for three of the four pictures.
    // Without t, z says the left pixel, which is the right one for two of the four.
    expect(factors.right?.accuracyWithout).toEqual({ common: 0.75, specific: 0.5 });
    const [all, none] = [1, 0].map((value) => ({ value, standardError: 0 }));
    expect(factors.right?.accuracyFromSpecificAlone).toEqual({ linear: 1, kernel: 1 });
    expect(factors.right?.normalisedFromSpecificAlone).toEqual({ linear: all, kernel: all });
    expect(factors.left?.normalisedFromSpecificAlone).toEqual({ linear: none, kernel: none });
    expect(Object.keys(leakage)).toEqual(['linear', 'kernel']);
    for (const { examples: count, codes, common, rows, mean, maximum, reference } of Object.values(leakage)) {
      expect(count).toBe(400);
      // t of "right" tells both pixels, t of "left" nothing; z the left pixel, to whoever has any factor.
      expect(codes).toEqual({ left: { right: none }, right: { left: all } });
      expect(common.left).toEqual(all);
      expect(Math.abs(common.right?.value as number)).toBeLessThan(0.3);
      expect(mean?.value).toBe(0.5);
      expect(maximum).toEqual({ ...all, from: 'right', to: 'left' });
      expect(rows.left?.mean).toEqual(none);
      expect(reference.right?.accuracy).toBe(1);
    }
  });

  it('finds which head needs its own t, and says which code is dead', async () => {
    const { factors, codeMatters, findings } = await evaluate(knownData(400, exact));
    const { left, right } = factors;
    expect(left?.accuracyWhenShuffled).toBe(1);
    expect(left?.codeMatters).toEqual({
      whenShuffled: { lost: 0, standardError: 0, examples: 400 },
      whenZeroed: { lost: 0, standardError: 0, examples: 400 },
    });
    // z + t of another picture starts with left + right′ − left′, which has nothing to do with the right pixel.
    expect(Math.abs((right?.accuracyWhenShuffled as number) - 0.5)).toBeLessThan(4 * Math.sqrt(0.25 / 400));
    expect(right?.codeMatters?.whenShuffled.lost).toBe(1 - (right?.accuracyWhenShuffled as number));
    // Half of the pictures are wrong without t.
    expect(right?.codeMatters?.whenZeroed.lost).toBe(0.5);
    expect(right?.codeMatters?.whenZeroed.standardError).toBeCloseTo(0.5 / Math.sqrt(400), 2);
    expect(codeMatters?.least).toEqual({
      task: 'left',
      when: 'whenShuffled',
      lost: 0,
      standardError: 0,
      examples: 400,
    });
    expect(findings.map(({ code, task }) => [code, task])).toEqual([['dead-code', 'left']]);
  });

  it('finds a head that ignores a t which is alive', async () => {
    const known = await knownFactorization();
    const { left, right } = known.factors;
    const factors = { left: { ...left, specific: right.specific, head: blindHead() } };
    const { findings } = await evaluateFactorization({
      ...known,
      factors: factors as unknown as typeof known.factors,
      data: knownData(400, exact),
      information: untrained,
    });
    expect(findings.map(({ code }) => code)).toEqual(['ignored-code', 'accuracy-at-chance']);
    factors.left.head.dispose();
    release(known);
  });

  it('gives no accuracy of a network that answers NaN', async () => {
    const known = await knownFactorization();
    const { left } = known.factors;
    tidy(() => {
      const weights = left?.head.getWeights().map(({ shape }) => fill(shape, Number.NaN)) ?? [];
      left?.head.setWeights(weights);
    });
    const attempt = evaluateFactorization({ ...known, data: knownData(40, exact), information: untrained });
    await expect(attempt).rejects.toMatchObject({
      code: 'non-finite-output',
      source: 'left/logits of the batch from picture 0 on',
    });
    release(known);
  });

  it('says in nats what every code tells: about each label, and about the picture', async () => {
    const { information } = await evaluate(knownData(400, exact), {
      logVariance: -4,
      information: { critic: leftPixels },
    });
    const { labels, labelEntropy, codes, common } = information;
    expect(labelEntropy).toEqual({ left: Math.log(2), right: Math.log(2) });
    // t of "right" tells both pixels, each a bit: almost all of it, by a calibrated classifier on few examples.
    for (const to of ['left', 'right']) {
      expect(labels.right?.[to]).toBeGreaterThan(0.95 * Math.log(2));
      expect(labels.right?.[to]).toBeLessThanOrEqual(Math.log(2));
      expect(Math.abs(labels.left?.[to] as number)).toBeLessThan(0.02);
    }
    // Of four pictures, "right" tells which of four values of (right − left, right) it is: log 4.
    expect(codes.right?.lower).toBeCloseTo(Math.log(4), 1);
    expect(codes.left?.lower).toBeCloseTo(0, 1);
    expect(codes.right?.cap).toBe(Math.log(400));
    // z is the left pixel, one bit, and so is what the teacher's features have in common with it.
    expect(common?.lower).toBeCloseTo(Math.log(2), 1);
    expect(common?.lower).toBeLessThan(common?.cap as number);
    expect(common?.warnings).toEqual([]);
  });

  it('leaves out what takes a critic where there are too few examples, or no steps, for one', async () => {
    const { information } = await evaluate(knownData(28, exact), { information: {} });
    expect(information.common).toBeUndefined();
    expect((await evaluate(knownData(60, exact))).information.common).toBeUndefined();
    expect(Object.keys(information.codes)).toEqual(['left', 'right']);
  });

  it('says how sure factors and teacher are beside how often they are right', async () => {
    const { teacher, factors } = await evaluate(knownData(400, exact));
    // The teacher gives e^½ and 1 where the left pixel is off, e and e^½ where it is on, and is right; of the right one
    // e and 1, and is right half the time.
    const sure = (gap: number) => 1 / (1 + Math.exp(-gap));
    expect(teacher.calibration.left?.error).toBeCloseTo(1 - sure(0.5), 6);
    expect(teacher.calibration.right?.error).toBeCloseTo(sure(1) - 0.5, 6);
    expect(factors.left?.calibration?.bins.reduce((sum, { count }) => sum + count, 0)).toBe(400);
    expect(factors.left?.calibration?.error).toBeGreaterThan(0);
  });

  it('counts wrong answers: an example in eight labelled otherwise', async () => {
    const data = knownData(400, (task, label, index) =>
      task === 'left' && index % 8 === 0 ? 1 - label : label,
    );
    const { teacher, factors } = await evaluate(data);
    expect(teacher.accuracy.left).toBe(0.875);
    expect(factors.left?.accuracy).toBe(0.875);
    expect(factors.right?.accuracy).toBe(1);
  });

  it('leaves out examples without a label', async () => {
    // The left pixel is labelled only where the right one is on.
    const data = knownData(400, (task, label, index) => (task === 'left' && index % 4 < 2 ? -1 : label));
    const { teacher, factors } = await evaluate(data);
    expect(teacher.accuracy.left).toBe(1);
    expect(factors.left?.accuracyWithout.common).toBe(0.5);
  });

  it('reads what ships: of a code that ships samples, noise drowns what the mean tells', async () => {
    const known = await knownFactorization(6);
    const read = async (ships: 'mean' | 'sample') => {
      const factors = { ...known.factors, right: { ...known.factors.right, code: gaussian({ ships }) } };
      const data = knownData(400, exact);
      return evaluateFactorization({ ...known, factors, data, information: untrained });
    };
    const [mean, sample] = [await read('mean'), await read('sample')];
    expect(mean.leakage.kernel?.codes.right?.left?.value).toBe(1);
    expect(sample.leakage.kernel?.codes.right?.left?.value).toBeLessThan(0.3);
    expect(mean.factors.right?.accuracyFromSpecificAlone.kernel).toBe(1);
    expect(sample.factors.right?.accuracyFromSpecificAlone.kernel).toBeLessThan(0.7);
    release(known);
  });

  it('guarantees what the capacity of a code does, and nothing of codes without', async () => {
    const { guarantees } = await evaluate(knownData(400, exact));
    expect(guarantees).toEqual({ left: { capacity: 'infinite' }, right: { capacity: 'infinite' } });
  });

  it('follows from its seed', async () => {
    const run = (seed: number) => evaluate(knownData(120, exact), { logVariance: 1, seed });
    const first = await run(1);
    expect(await run(1)).toEqual(first);
    expect((await run(2)).information.codes).not.toEqual(first.information.codes);
  });

  it('tells how far it is and stops on request', async () => {
    const done: number[] = [];
    const onProgress = (event: unknown) => done.push((event as AdvanceEvent).done);
    await evaluate(knownData(200, exact), { onProgress });
    expect(done).toEqual([128, 200]);
    const before = memory().numTensors;
    const cancelled = evaluate(knownData(200, exact), { signal: AbortSignal.abort() });
    await expect(cancelled).rejects.toSatisfy(CancelledError.isInstance);
    expect(memory().numTensors).toBe(before);
  });

  it('refuses data without labels for a task, naming it', async () => {
    const data = knownData(100, exact);
    const partial = { ...data, tasks: data.tasks.slice(0, 1) };
    await expect(evaluate(partial)).rejects.toMatchObject({
      code: 'unknown-task',
      task: 'right',
      known: ['left'],
    });
  });

  it('leaves no tensor behind', () => expectNoLeak(() => evaluate(knownData(60, exact))));
});

describe('withReports', () => {
  it('writes what was measured about each factor into its description, and changes nothing else', async () => {
    const known = await knownFactorization();
    const data = knownData(400, exact);
    const evaluation = await evaluateFactorization({ ...known, data, information: untrained });
    const reported = withReports(known.factors, evaluation, data);
    expect(reported.right.description.report).toEqual({
      accuracy: 1,
      teacherAccuracy: 0.5,
      // Its logits are ½ and the pixel, so that it is sure by e^½ to 1 of what is always right.
      calibrationError: expect.closeTo(1 - 1 / (1 + Math.exp(-0.5)), 6),
      heldOut: { examples: 400, data: data.name },
      leakage: ['linear', 'kernel'].map((probe) => {
        const all = { value: 1, standardError: 0 };
        return { probe, examples: 400, tasks: { left: all }, mean: all, maximum: all };
      }),
    });
    expect(reported.left.description.report).toMatchObject({
      accuracy: 1,
      teacherAccuracy: 1,
      dead: 'The code of "left" is dead: t is the same for each of 400 pictures.',
    });
    expect(known.factors.left.description.report).toEqual({});
    expect(reported.left.head).toBe(known.factors.left.head);
    expect(reported.left.specific).toBe(known.factors.left.specific);
    release(known);
  });
});
