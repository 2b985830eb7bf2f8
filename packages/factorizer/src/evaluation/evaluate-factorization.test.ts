import { disposeBrick } from '@factornet/core';
import { expectNoLeak } from '@factornet/core/testing';
import type { Dataset } from '@factornet/data';
import { CancelledError } from '@factornet/spec';
import { memory, setBackend } from '@tensorflow/tfjs';
import { beforeAll, describe, expect, it } from 'vitest';
import { type Known, knownData, knownFactorization } from '../testing/known-factorization';
import type { AdvanceEvent } from '../training/progress';
import { type EvaluateFactorizationOptions, evaluateFactorization } from './evaluate-factorization';
import { withReports } from './with-reports';

beforeAll(() => setBackend('cpu'));

const exact = (_task: string, label: number) => label;

async function evaluate(
  data: Dataset,
  { logVariance, ...change }: Partial<EvaluateFactorizationOptions> & { logVariance?: number } = {},
) {
  const known = await knownFactorization(logVariance);
  try {
    return await evaluateFactorization({ ...known, data, ...change });
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
    const { examples, teacher, factors, leakage, meanLeakage } = await evaluate(knownData(400, exact));
    expect(examples).toBe(400);
    expect(teacher.accuracy).toEqual({ left: 1, right: 0.5 });
    expect(factors.left?.accuracy).toBe(1);
    // Without z, "left" hears nothing and says "off"; without its dead TSN it is as good as before.
    expect(factors.left?.accuracyWithout).toEqual({ common: 0.5, specific: 1 });
    expect(factors.right?.accuracy).toBe(1);
    // Without z, right − left is above ½ for (0, 1) only: right for three of the four pictures.
    // Without t, z says the left pixel, which is the right one for two of the four.
    expect(factors.right?.accuracyWithout).toEqual({ common: 0.75, specific: 0.5 });
    expect(factors.right?.accuracyFromSpecificAlone.mean).toBe(1);
    expect(factors.right?.normalisedFromSpecificAlone).toEqual({ mean: 1, sample: 1 });
    expect(factors.left?.normalisedFromSpecificAlone.mean).toBeLessThan(0.1);
    // t of "right" tells both pixels, t of "left" nothing.
    expect(Object.keys(leakage.mean)).toEqual(['left', 'right']);
    expect(Object.keys(leakage.mean.left ?? {})).toEqual(['right']);
    expect(Object.keys(leakage.sample.right ?? {})).toEqual(['left']);
    expect(leakage.mean.right?.left).toBe(1);
    expect(leakage.mean.left?.right).toBe(0);
    expect(meanLeakage.mean).toBe(0.5);
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

  it('reads a sample with its noise: much of it drowns what the mean tells', async () => {
    const { factors, leakage } = await evaluate(knownData(400, exact), { logVariance: 6 });
    expect(leakage.mean.right?.left).toBe(1);
    expect(leakage.sample.right?.left).toBeLessThan(0.3);
    expect(factors.right?.accuracyFromSpecificAlone.mean).toBe(1);
    expect(factors.right?.accuracyFromSpecificAlone.sample).toBeLessThan(0.7);
  });

  it('follows from its seed', async () => {
    const run = (seed: number) => evaluate(knownData(120, exact), { logVariance: 1, seed });
    const first = await run(1);
    expect(await run(1)).toEqual(first);
    expect((await run(2)).leakage.sample).not.toEqual(first.leakage.sample);
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
    const evaluation = await evaluateFactorization({ ...known, data: knownData(400, exact) });
    const reported = withReports(known.factors, evaluation);
    expect(reported.right.description.report).toEqual({
      accuracy: 1,
      teacherAccuracy: 0.5,
      leakage: { mean: { left: 1 }, sample: { left: 1 } },
    });
    expect(reported.left.description.report).toMatchObject({ accuracy: 1, teacherAccuracy: 1 });
    expect(known.factors.left.description.report).toEqual({});
    expect(reported.left.head).toBe(known.factors.left.head);
    expect(reported.left.specific).toBe(known.factors.left.specific);
    release(known);
  });
});
