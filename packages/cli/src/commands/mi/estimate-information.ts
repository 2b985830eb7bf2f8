import { selectBackend } from '../../backend';
import type { Work } from '../../context';
import { readWithGroups } from '../../data/read-with-groups';
import { withInterrupt } from '../../interrupt';
import type { Outcome } from '../../io';
import { plugInList } from '../../options/plug-in-list';
import { createPlugIn } from '../../options/plug-in-table';
import { reportBytes } from '../../render/bytes-progress';
import { type AskedEstimator, type EstimateFlags, estimateEach, isTrained } from './estimate-each';
import { estimateToJson, renderEstimates } from './estimate-rendering';
import { estimatorKinds } from './estimator-kinds';

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
