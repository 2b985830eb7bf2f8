import { type AssemblyPlan, planAssembly } from '@factornet/assembler';
import rcompare from 'semver/functions/rcompare.js';
import { statedAccuracy } from '../packages/accuracy';
import {
  isPublishedCommon,
  isPublishedFactor,
  type PublishedCommon,
  type PublishedFactor,
  type PublishedPackage,
} from '../packages/published-package';
import { checkTaskNames } from './check-task-names';
import { explainNoChoice } from './explain-no-choice';
import type { Offer } from './offer';
import { type Option, type Selection, searchSelection } from './search-selection';

export interface ChoiceRequest {
  /** Common-knowledge networks and factors, any number of versions of each. Deprecated ones are never chosen. */
  candidates: readonly PublishedPackage[];
  /** One factor for each. */
  tasks: readonly string[];
  /** Of the model files of all networks together. Default: no limit. */
  maxBytes?: number;
}

/** One common-knowledge network with one factor per task. */
export interface Choice {
  readonly common: PublishedCommon;
  /** In the order of the tasks. */
  readonly factors: readonly PublishedFactor[];
  /** What they assemble to: bytes, parameters and multiply-adds, each alone and together. */
  readonly plan: AssemblyPlan;
  /** Mean over the tasks; undefined if one states none. */
  readonly accuracy: number | undefined;
}

/** A choice, or why there is none. */
export type ChoiceResult =
  | { readonly choice: Choice; readonly reasons?: undefined }
  | { readonly choice?: undefined; readonly reasons: readonly string[] };

/**
 * Chooses one common-knowledge network (one name and version) and one factor per task that fits it: the best mean of
 * the accuracies that the factors state, within the budget; of equal ones the fewest bytes, then the fewest
 * multiply-adds, then the highest version of the common-knowledge network. Accuracies are compared to six digits; one
 * that is not stated counts as 0.
 *
 * The search is exact. Task by task it keeps the selections that no other beats in both accuracy and bytes, so at
 * most `10⁶ · tasks + 1` of them, whatever the number of candidates, and in practice a few dozen.
 *
 * @throws InvalidOptionError for tasks that are no list of names
 * @example
 * const { choice, reasons } = chooseFactors({ candidates, tasks: ['shape', 'hue'], maxBytes: 6e6 });
 */
export function chooseFactors({ candidates, tasks, maxBytes = Infinity }: ChoiceRequest): ChoiceResult {
  checkTaskNames(tasks);
  const names = [...new Set(tasks)];
  const offers = makeOffers(candidates, names);
  let best: { offer: Offer; selection: Selection } | undefined;
  for (const offer of offers) {
    const plan = planAssembly({ common: offer.common, factors: [] });
    const base = { bytes: plan.bytes, multiplyAdds: plan.multiplyAdds ?? 0 };
    const selection = searchSelection(
      names.map((task) => offer.options.get(task) ?? []),
      base,
      maxBytes,
    );
    if (selection !== undefined && (best === undefined || isBetter(selection, best.selection))) {
      best = { offer, selection };
    }
  }
  if (best === undefined) return { reasons: explainNoChoice({ candidates, offers, tasks: names, maxBytes }) };
  const { common } = best.offer;
  const factors = best.selection.picked.map(({ factor }) => factor);
  const accuracies = factors.map(({ manifest }) => statedAccuracy(manifest));
  const accuracy = accuracies.includes(undefined)
    ? undefined
    : (accuracies as number[]).reduce((sum, each) => sum + each, 0) / factors.length;
  return { choice: { common, factors, plan: planAssembly({ common, factors }), accuracy } };
}

function isBetter(one: Selection, other: Selection): boolean {
  const order =
    other.accuracy - one.accuracy || one.bytes - other.bytes || one.multiplyAdds - other.multiplyAdds;
  return order < 0;
}

/** For every common-knowledge network, the highest versions first: what can be had with it. */
function makeOffers(candidates: readonly PublishedPackage[], tasks: readonly string[]): Offer[] {
  const sorted = candidates
    .filter(({ deprecated }) => deprecated === undefined)
    .toSorted((one, other) => rcompare(one.version, other.version) || (one.name < other.name ? -1 : 1));
  const factors = sorted.filter(isPublishedFactor);
  return sorted.filter(isPublishedCommon).map((common) => {
    const options = new Map<string, Option[]>(tasks.map((task) => [task, []]));
    for (const factor of factors) {
      const list = options.get(factor.manifest.task.name);
      if (list === undefined || factor.manifest.common.name !== common.name) continue;
      const { conflicts, factors: planned } = planAssembly({ common, factors: [factor] });
      const { bytes = 0, multiplyAdds = 0 } = planned[0] ?? {};
      const accuracy = Math.round((statedAccuracy(factor.manifest) ?? 0) * 1e6);
      if (conflicts.length === 0) list.push({ factor, bytes, multiplyAdds, accuracy });
    }
    return { common, bytes: planAssembly({ common, factors: [] }).bytes, options };
  });
}
