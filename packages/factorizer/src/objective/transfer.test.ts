import { setBackend } from '@tensorflow/tfjs';
import { beforeAll, describe, expect, it } from 'vitest';
import { describeObjectiveTerm } from '../conformance/describe-objective-term';
import { suitePass, suiteRequest } from '../conformance/suite-pass';
import { dot, logSoftmaxOf, probeTerm, sumOf } from '../testing/term-probe';
import { transfer } from './transfer';

beforeAll(() => setBackend('cpu'));

describe('transfer', () => {
  it.each([1, 2, 10])('is T² times the divergence of the softened outputs, T = %d', async (temperature) => {
    const { value, factors } = await probeTerm(transfer({ temperature }));
    const expected = factors.map(({ logits, teacherLogits, targets }) => {
      const rows = logits.flatMap((row, index) => {
        if (sumOf(targets[index] as number[]) === 0) return [];
        const [student, teacher] = [row, teacherLogits[index] as number[]].map((values) =>
          logSoftmaxOf(values.map((logit) => logit / temperature)),
        ) as [number[], number[]];
        return [
          dot(
            teacher.map(Math.exp),
            teacher.map((log, k) => log - (student[k] as number)),
          ),
        ];
      });
      return temperature ** 2 * (sumOf(rows) / rows.length);
    });
    expect(value).toBeCloseTo(sumOf(expected), 4);
    expect(value).toBeGreaterThan(0);
  });

  it('is the cross-entropy of outputs as they are to soft targets, less the entropy of these, where asked', async () => {
    const { value, factors } = await probeTerm(transfer({ temperature: 10, outputTemperature: 1 }));
    const expected = factors.map(({ logits, teacherLogits, targets }) => {
      const rows = logits.flatMap((row, index) => {
        if (sumOf(targets[index] as number[]) === 0) return [];
        const soft = logSoftmaxOf((teacherLogits[index] as number[]).map((logit) => logit / 10));
        return [dot(soft.map(Math.exp), soft) - dot(soft.map(Math.exp), logSoftmaxOf(row))];
      });
      return sumOf(rows) / rows.length;
    });
    expect(value).toBeCloseTo(sumOf(expected), 4);
  });

  it('is 0 for a factor that says what the teacher says', async () => {
    const running = transfer().prepare(suiteRequest);
    const pass = suitePass();
    const { factors, ...rest } = pass.compute();
    const agreeing = factors.map((factor) => ({
      ...factor,
      logits: factor.teacherLogits as typeof factor.logits,
    }));
    const [value] = await running.evaluate({ ...rest, factors: agreeing }).data();
    expect(value).toBeCloseTo(0, 6);
    pass.dispose();
  });

  it('needs a teacher, and says which task it found none for', () => {
    expect(transfer().needs).toEqual(['teacher']);
    const pass = suitePass();
    const { factors, ...rest } = pass.compute();
    const [{ teacherLogits: _, ...alone }] = factors as [(typeof factors)[number]];
    expect(() =>
      transfer()
        .prepare(suiteRequest)
        .evaluate({ ...rest, factors: [alone] }),
    ).toThrow('"first"');
    pass.dispose();
  });

  it('reaches the common network, every encoder and every head', async () => {
    expect((await probeTerm(transfer())).reached).toHaveLength(7);
  });
});

describeObjectiveTerm('transfer', () => transfer());
