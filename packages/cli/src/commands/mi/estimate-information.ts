import type { FeatureMatrix } from '@factornet/core/samples';
import { type Estimate, type EstimateProgress, estimate } from '@factornet/mi';
import { readWithGroups } from '../../arrays/read-with-groups';
import { selectBackend } from '../../backend';
import type { Work } from '../../context';
import { withInterrupt } from '../../interrupt';
import type { Outcome } from '../../io';
import { type PlugInSpec, plugInList } from '../../options/plug-in-list';
import { createPlugIn } from '../../options/plug-in-table';
import { reportBytes } from '../../render/bytes-progress';
import { quietProgress } from '../../render/quiet-progress';
import { type CriticFlags, commandCritic } from './command-critic';
import { estimateToJson, renderEstimates } from './estimate-rendering';
import { type CommandEstimator, estimatorKinds } from './estimator-kinds';

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
interface AskedEstimator {
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

/** Estimates the mutual information of the arrays x and y by each estimator that is asked for. */
export async function estimateInformation(
  files: readonly string[],
  flags: EstimateFlags,
  work: Work,
): Promise<Outcome> {
  const asked = (flags.estimator ?? plugInList('infonce,smile,ksg')).map((spec): AskedEstimator => {
    const { name, plugIn, values } = createPlugIn('--estimator', estimatorKinds, spec);
    return { name, text: spec.text, parameters: values, estimator: plugIn };
  });
  return withInterrupt(work.io, async (signal) => {
    const samples = await readWithGroups(files, ['x', 'y'], flags.groups, {
      onProgress: reportBytes('reading', work.log),
      signal,
    });
    if (asked.some(isTrained)) await selectBackend(work);
    const estimates = await estimateEach(asked, samples, flags, work, signal);
    return { json: { estimates: estimates.map(estimateToJson) }, text: renderEstimates(samples, estimates) };
  });
}

async function estimateEach(
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
  // What trains nothing goes first: it may refuse the samples, and takes little of anyone's time to do so.
  for (const each of [...asked].sort((a, b) => units(a) - units(b))) {
    const result = await estimate(samples, {
      ...estimateOptions(flags, each),
      ...(samples.groups && { groups: samples.groups }),
      signal,
      onProgress: (progress) => {
        current = describeProgress(each.text, progress);
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

function describeProgress(text: string, { stage, done, total }: EstimateProgress): string {
  return stage === 'training'
    ? `${text}: step ${done} of at most ${total}`
    : `${text}: part ${done} of ${total}`;
}

function isTrained({ estimator: { requires } }: AskedEstimator): boolean {
  return requires === 'scores' || requires === 'log-likelihoods';
}
