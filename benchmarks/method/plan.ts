import { byName } from './by-name';
import {
  type CommonJob,
  commonJob,
  type LabelSpaceJob,
  labelCounts,
  type NewFactorJob,
  type NewFactorRates,
  newTasks,
  type RowJob,
  type RowName,
  type Side,
} from './job';
import type { NewFactorResult, RowResult } from './results';
import { type LabelCount, type Settings, settingsOfJobs } from './settings';

/** Rows that do not ask how large others are, then those that do. */
export const factorizations: readonly RowName[] = ['factorization', 'as-built', 'as-built-batch-32'];
export const baselines: readonly RowName[] = ['shared-trunk', 'separate'];

export type Parameters = NonNullable<RowJob['parameters']>;
export type Rates = Readonly<Record<RowName, number>>;

/** One run per learning rate, with the first seed. */
export function searchJobs(settings: Settings, rows: readonly RowName[], parameters?: Parameters): RowJob[] {
  return rows.flatMap((row) =>
    settings.learningRates.map((learningRate) => ({
      kind: 'row',
      row,
      purpose: 'search',
      settings: settingsOfJobs(settings),
      seed: settings.seeds[0] as number,
      learningRate,
      epochs: settings.epochs,
      ...(parameters && { parameters }),
    })),
  );
}

/** Of each row, the rate of the best mean accuracy on the pictures of the search. */
export function bestRates(searched: ReadonlyMap<RowJob, RowResult>): Partial<Rates> {
  const best: Partial<Record<RowName, { rate: number; accuracy: number }>> = {};
  for (const [{ row, learningRate: rate }, { meanAccuracy: accuracy }] of searched) {
    if (accuracy > (best[row]?.accuracy ?? Number.NEGATIVE_INFINITY)) best[row] = { rate, accuracy };
  }
  return Object.fromEntries(Object.entries(best).map(([row, { rate }]) => [row, rate]));
}

/** One row at its rate, a run per seed. */
export function claimJobs(
  settings: Settings,
  row: RowName,
  { rates, parameters, epochs = settings.epochs }: { rates: Rates; parameters: Parameters; epochs?: number },
): RowJob[] {
  return settings.seeds.map((seed) => ({
    kind: 'row',
    row,
    purpose: 'claim',
    settings: settingsOfJobs(settings),
    seed,
    learningRate: rates[row],
    epochs,
    ...(baselines.includes(row) && { parameters }),
  }));
}

/** Epochs in which a trunk takes as much processor time as the factorization, at least one. */
export function epochsOfEqualTime(settings: Settings, factorization: number, trunk: number): number {
  return Math.max(1, Math.round((settings.epochs * factorization) / trunk));
}

/** Jobs that only the new design has, at its rate. */
export function designJobs(settings: Settings, learningRate: number) {
  const each = <Job>(make: (shared: Pick<CommonJob, 'settings' | 'seed' | 'learningRate'>) => Job) =>
    settings.seeds.map((seed) => make({ settings: settingsOfJobs(settings), seed, learningRate }));
  return {
    common: each(commonJob),
    labelSpace: each((shared): LabelSpaceJob => ({ kind: 'label-space', ...shared })),
  };
}

/** Each new task at each rate, with the first seed, on common networks that were trained at `learningRate`. */
export function newFactorSearch(settings: Settings, learningRate: number): NewFactorJob[] {
  const [seed] = settings.seeds as [number];
  return settings.learningRates.flatMap((rate) => {
    const rates = byName(labelCounts, () => ({ with: rate, without: rate }));
    return newFactorJobs({ ...settings, seeds: [seed] }, 'search', learningRate, rates);
  });
}

/** Of either side and each number of labels, the rate of the best mean accuracy over the tasks. */
export function bestNewFactorRates(
  searched: readonly (readonly [NewFactorJob, NewFactorResult])[],
): NewFactorRates {
  const bestOf = (count: LabelCount, side: Side): number => {
    const sums = new Map<number, number>();
    for (const [{ rates }, result] of searched) {
      const rate = rates[count][side];
      sums.set(rate, (sums.get(rate) ?? 0) + result[count][side]);
    }
    return [...sums].reduce((best, other) => (other[1] > best[1] ? other : best))[0];
  };
  return byName(labelCounts, (count) => ({
    with: bestOf(count, 'with'),
    without: bestOf(count, 'without'),
  }));
}

/** Each new task with each seed. */
export function newFactorJobs(
  settings: Settings,
  purpose: NewFactorJob['purpose'],
  learningRate: number,
  rates: NewFactorRates,
): NewFactorJob[] {
  return newTasks.flatMap((task) =>
    settings.seeds.map((seed) => ({
      ...{ kind: 'new-factor', purpose, task, settings: settingsOfJobs(settings) },
      ...{ seed, learningRate, rates },
    })),
  );
}
