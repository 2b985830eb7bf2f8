import type { MethodFigures } from './figures';
import { labelCounts, newTasks } from './job';
import { difference, standardError } from './statistics';

/** One thing that the method has to show, and whether these figures do. */
export interface Bar {
  readonly key: string;
  readonly bar: string;
  /** What was held against it: one number, or one per seed. */
  readonly measured: readonly number[];
  /** Unknown of a quick run, which claims nothing. */
  readonly met: boolean | undefined;
}

/** Every bar of the table, in its order. */
export function barsOf(figures: MethodFigures): Bar[] {
  const { factorization, sharedTrunk, separate, leakage, ownTask, codeMatters, labelSpace } = figures;
  const mean = factorization.meanAccuracy;
  const equalEpochs = difference(mean, sharedTrunk.equalEpochs.meanAccuracy);
  const equalTime = difference(mean, sharedTrunk.equalTime.meanAccuracy);
  const behind = difference(separate.meanAccuracy, mean);
  const losses = Object.values(codeMatters.tasks).flatMap(({ shuffled, zeroed }) => [...shuffled, ...zeroed]);
  return [
    {
      key: 'factorization.meanAccuracy − sharedTrunk.equalEpochs.meanAccuracy',
      bar: '≥ 0.002 on each seed',
      measured: equalEpochs.values,
      met: equalEpochs.values.every((value) => value >= 0.002),
    },
    {
      key: 'factorization.meanAccuracy − sharedTrunk.equalTime.meanAccuracy',
      bar: '≥ 0 on the mean',
      measured: [equalTime.mean],
      met: equalTime.mean >= 0,
    },
    atMost('separate.meanAccuracy − factorization.meanAccuracy', behind.mean, 0.006),
    atMost('leakage.kernel.mean', leakage.kernel.mean.mean, 0.03),
    atMost('leakage.kernel.max', leakage.kernel.max.mean, 0.1),
    atLeast('ownTask.least', ownTask.least.mean, 0.9),
    {
      key: 'codeMatters.least',
      bar: '> 0 by more than its error, on every task and seed',
      measured: codeMatters.least.values,
      met: losses.length > 0 && losses.every(({ loss, standardError: error }) => loss > error),
    },
    ...newTasks.map((task) => {
      const { z, taps } = figures.probe[task];
      return atLeast(`probe.${task}.z ÷ probe.${task}.taps`, z.mean / taps.mean, 0.9);
    }),
    ...newFactorBars(figures),
    atMost('labelSpace.ece', labelSpace.ece.mean, 0.03),
    atMost('timeOverTrunk', figures.timeOverTrunk.mean, 2),
  ];
}

function newFactorBars({ newFactor }: MethodFigures): Bar[] {
  const cells = newTasks.flatMap((task) =>
    labelCounts.map((count) => {
      const { with: own, without } = newFactor[task][count];
      return { key: `newFactor.${task}.${count}.with − .without`, gain: difference(own, without) };
    }),
  );
  const ahead = cells.filter(({ gain }) => gain.mean > 0).length;
  return [
    ...cells.map(({ key, gain }) => ({
      key,
      bar: '≥ −2 standard errors of the paired difference',
      measured: [gain.mean, standardError(gain)],
      met: gain.mean >= -2 * standardError(gain),
    })),
    {
      key: 'newFactor.*.with − .without',
      bar: '> 0 in at least 8 of 12',
      measured: [ahead],
      met: ahead >= 8,
    },
  ];
}

function atMost(key: string, measured: number, most: number): Bar {
  return { key, bar: `≤ ${most}`, measured: [measured], met: measured <= most };
}

function atLeast(key: string, measured: number, least: number): Bar {
  return { key, bar: `≥ ${least}`, measured: [measured], met: measured >= least };
}
