import { satisfiesRange } from '@factornet/spec';
import { type FactorSubject, type TrunkSubject, wordReadings } from './subjects';

/** What keeps a factor from a common-knowledge network. */
export type Misfit = 'name' | 'range' | 'representation' | 'reads';

/**
 * The position of the common-knowledge network that a factor runs with: of those that fit, the one whose features are
 * nearest to those it was trained with. Undefined if none fits.
 */
export function chooseTrunk(factor: FactorSubject, trunks: readonly TrunkSubject[]): number | undefined {
  let chosen: { index: number; drift: number } | undefined;
  trunks.forEach((trunk, index) => {
    if (findMisfit(factor, trunk) !== undefined) return;
    const drift = driftFrom(factor.representation, trunk) as number;
    if (chosen === undefined || drift < chosen.drift) chosen = { index, drift };
  });
  return chosen?.index;
}

/** The first misfit: a wrong name makes the range meaningless, a wrong range the digest, and a wrong digest the maps. */
export function findMisfit(factor: FactorSubject, trunk: TrunkSubject): Misfit | undefined {
  const { wants } = factor;
  if (wants !== undefined && trunk.name !== undefined && trunk.version !== undefined) {
    if (wants.name !== trunk.name) return 'name';
    if (!satisfiesRange(trunk.version, wants.range)) return 'range';
  }
  if (driftFrom(factor.representation, trunk) === undefined) return 'representation';
  const offered = wordReadings(trunk.offers);
  return wordReadings(factor.reads).every((read) => offered.includes(read)) ? undefined : 'reads';
}

/** How far a trunk's features are from a feature space; undefined if it does not stand in for that one. */
function driftFrom(representation: string, trunk: TrunkSubject): number | undefined {
  if (representation === trunk.representation) return 0;
  return trunk.standsInFor.find((other) => other.representation === representation)?.drift;
}
