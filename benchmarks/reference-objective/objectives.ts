import {
  infoMaxBottleneck,
  type ObjectiveTerm,
  referenceBottleneck,
  referenceInfoMaxBottleneck,
} from '@factornet/factorizer';
import {
  type WatchedInfoMax,
  watchedCommonInformation,
  watchedReferenceCommonInformation,
} from './watched-cosines';

/** Objectives to compare, by name. */
export const objectives = {
  /** What networks that are trained together have by default. */
  corrected: () => watched(infoMaxBottleneck(), watchedCommonInformation),
  /** The authors', with their weights for CIFAR-10. */
  reference: () => watched(referenceInfoMaxBottleneck(), watchedReferenceCommonInformation),
  /** The default with the authors' InfoMax at the weight of ours. */
  'reference-info-max': () => watched(infoMaxBottleneck(), watchedReferenceCommonInformation),
  /** The default with the authors' bottleneck at the weight of ours. */
  'reference-bottleneck': () =>
    watched(
      infoMaxBottleneck().map((term) =>
        term.name === 'bottleneck' ? referenceBottleneck({ weight: term.weight }) : term,
      ),
      watchedCommonInformation,
    ),
} satisfies Record<string, () => ObjectiveTerm[]>;

export type ObjectiveName = keyof typeof objectives;

/** The same terms in the same places, with an InfoMax that is watched. */
function watched(
  terms: readonly ObjectiveTerm[],
  infoMax: (weight: number) => WatchedInfoMax,
): ObjectiveTerm[] {
  const at = terms.findIndex(({ name }) => name.endsWith('common-information'));
  const { term, watchers } = infoMax((terms[at] as ObjectiveTerm).weight);
  return [...terms.slice(0, at), term, ...terms.slice(at + 1), ...watchers];
}
