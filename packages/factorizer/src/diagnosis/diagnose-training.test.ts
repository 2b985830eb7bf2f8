import { infoNCE, mine } from '@factornet/mi';
import { describe, expect, it } from 'vitest';
import { commonInformation } from '../objective/common-information';
import { warmedUp } from '../objective/warmed-up';
import { diagnoseTraining } from './diagnose-training';

const epochsOf = (losses: number[], nats = 0) =>
  losses.map((loss, index) => ({ epoch: index + 1, loss, terms: { 'common-information': nats } }));
const diagnose = (losses: number[], terms = [commonInformation()], nats = 0) =>
  diagnoseTraining({ history: epochsOf(losses, nats), terms, batchSize: 64 });

describe('diagnoseTraining', () => {
  it('names a term whose last epoch is at its cap, of this batch size', () => {
    const cap = Math.log(64);
    expect(diagnose([2, 1], undefined, 0.979 * cap)).toEqual([]);
    const [finding, ...others] = diagnose([2, 1], undefined, 0.981 * cap);
    expect(others).toEqual([]);
    expect(finding).toMatchObject({ code: 'capped-term', value: 0.981 * cap, limit: 0.98 * cap });
    expect(finding?.message).toMatch(/"common-information" ended at 4\.080 nats; with 64 .* 4\.159 at most/);
    // An epoch before the last one does not count.
    const history = [...epochsOf([2], 4.15), ...epochsOf([1], 2)];
    expect(diagnoseTraining({ history, terms: [commonInformation()], batchSize: 64 })).toEqual([]);
  });

  it('knows the caps of bounds, also through a warm-up', () => {
    const at = (bound: ReturnType<typeof infoNCE>) =>
      diagnose([2, 1], [warmedUp(commonInformation({ bound }))], 4.15);
    expect(at(infoNCE())).toHaveLength(1);
    expect(at(mine())).toEqual([]);
  });

  it('calls a loss diverging that lost half of what it had gained, or never gained any', () => {
    for (const good of [[5], [5, 1], [5, 1, 2.9], [5, 4.9, 4.8]]) expect(diagnose(good)).toEqual([]);
    for (const bad of [
      [5, 6],
      [5, 5],
      [5, 1, 3],
      [-1, -3, -2],
    ]) {
      expect(diagnose(bad).map(({ code }) => code)).toEqual(['diverging-loss']);
    }
    const [finding] = diagnose([5, 1, 4]);
    expect(finding).toMatchObject({ value: 4, limit: 3 });
    expect(finding?.message).toContain('5.000 in the first epoch, 1.000 in the best one, 4.000 in the last');
  });

  it('says whose factor it is about, and nothing of a run without epochs', () => {
    const run = { history: epochsOf([1, 2]), terms: [], batchSize: 4, task: 'shape' };
    expect(diagnoseTraining(run)).toMatchObject([{ task: 'shape' }]);
    expect(diagnoseTraining({ ...run, history: [] })).toEqual([]);
  });
});
