import type { FeatureMatrix } from '@factornet/core/samples';
import { type Estimate, type EstimateProgress, estimate } from '@factornet/mi';
import type { Work } from '../../context';
import type { PlugInSpec } from '../../options/plug-in-list';
import { quietProgress } from '../../render/quiet-progress';
import { type CriticFlags, commandCritic } from './command-critic';
import type { CommandEstimator } from './estimator-kinds';

export interface EstimateFlags extends CriticFlags {
  readonly estimator?: readonly PlugInSpec[];
  readonly steps?: number;
  readonly batchSize?: number;
  readonly evaluationBatchSize?: number;
  readonly learningRate?: number;
  readonly transform?: 'rank-normal' | 'standardise' | 'none';
  /** The name of an array of one column, with a number per row. */
  readonly groups?: string;
  readonly seed: number;
}

/** An estimator, and how it was asked for. */
export interface AskedEstimator {
  readonly name: string;
  readonly text: string;
  readonly parameters: Readonly<Record<string, unknown>>;
  readonly estimator: CommandEstimator;
}

/** What was asked for, with what came of it. */
export interface NamedEstimate extends Omit<AskedEstimator, 'estimator'> {
  readonly estimate: Estimate;
}

/** As many units as `estimate` trains at most; an estimator that trains nothing is a tenth of that. */
const [TRAINED_UNITS, UNTRAINED_UNITS] = [10, 1];

/** What trains nothing goes first: it may refuse the samples, and takes little of anyone's time to do so. */
export async function estimateEach(
  asked: readonly AskedEstimator[],
  samples: { readonly x: FeatureMatrix; readonly y: FeatureMatrix; readonly groups?: ArrayLike<number> },
  flags: EstimateFlags,
  { log }: Work,
  signal: AbortSignal,
): Promise<readonly NamedEstimate[]> {
  const units = (each: AskedEstimator) => (isTrained(each) ? TRAINED_UNITS : UNTRAINED_UNITS);
  const total = asked.reduce((sum, each) => sum + units(each), 0);
  let current = '';
  const report = quietProgress(log, () => current);
  const found = new Map<AskedEstimator, NamedEstimate>();
  let done = 0;
  for (const each of [...asked].sort((a, b) => units(a) - units(b))) {
    const result = await estimate(samples, {
      ...estimateOptions(flags, each),
      ...(samples.groups && { groups: samples.groups }),
      signal,
      onProgress: (progress) => {
        current = explainProgress(each.text, progress);
        report(done + (units(each) * progress.done) / progress.total, total);
      },
    });
    const { estimator: _, ...named } = each;
    found.set(each, { ...named, estimate: result });
    done += units(each);
  }
  return asked.map((each) => found.get(each) as NamedEstimate);
}

function estimateOptions(flags: EstimateFlags, { estimator }: AskedEstimator) {
  const { steps, batchSize, evaluationBatchSize, learningRate, transform, seed } = flags;
  const critic = commandCritic(estimator, flags);
  return {
    estimator,
    seed,
    ...(critic && { critic }),
    ...(steps !== undefined && { steps }),
    ...(batchSize !== undefined && { batchSize }),
    ...(evaluationBatchSize !== undefined && { evaluationBatchSize }),
    ...(learningRate !== undefined && { learningRate }),
    ...(transform !== undefined && { transform }),
  };
}

function explainProgress(text: string, { stage, done, total }: EstimateProgress): string {
  return stage === 'training'
    ? `${text}: step ${done} of at most ${total}`
    : `${text}: part ${done} of ${total}`;
}

/** Whether it needs a backend. */
export function isTrained({ estimator: { requires } }: AskedEstimator): boolean {
  return requires === 'scores' || requires === 'log-likelihoods';
}
