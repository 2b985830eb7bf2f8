import { shellWord } from '@factornet/spec/internal';
import { findMisfit } from './choose-trunk';
import { type AssemblyConflict, wordConflict } from './conflict';
import { type FactorSubject, type TrunkSubject, wordReadings } from './subjects';

/**
 * Says why a factor runs with none of these common-knowledge networks, and what to do about it.
 *
 * @param othersFit whether another factor does run with one of them
 */
export function explainMisfit(
  factor: FactorSubject,
  trunks: readonly TrunkSubject[],
  othersFit: boolean,
): AssemblyConflict {
  // Of several, the one that is nearest to what it wants.
  const named = trunks.filter(({ name }) => name === undefined || name === factor.wants?.name);
  const offered = named.length > 0 ? named : trunks;
  const trunk = offered[0] as TrunkSubject;
  const reason = findMisfit(factor, trunk) ?? 'name';
  const wanted = factor.wants && `${factor.wants.name}@${factor.wants.range}`;
  const found = {
    kind: 'incompatible-common',
    reason,
    factor: factor.label,
    wanted: wanted ?? 'another common-knowledge network',
    offered: offered.map(({ label }) => label).join(' and '),
  } as const;
  const compared = (reason === 'reads' ? compareReadings : compareSpaces)(factor, trunk);
  if (wanted === undefined) {
    const hint = `${compared} Assemble it with the network it was trained with.`;
    return wordConflict({ ...found, hint });
  }
  const latest = shellWord(`${factor.name}@latest`);
  const install = `npm install ${shellWord(wanted)}`;
  switch (reason) {
    case 'name': {
      const both = othersFit ? '\nOr run both: assemble([…], […], { multipleTrunks: true })' : '';
      const hint = `Install the network it was made for and assemble with that one: ${install}${both}`;
      return wordConflict({ ...found, install, hint });
    }
    case 'range': {
      const release = `Or look for a release of the factor that was made for ${found.offered}: npm install ${latest}`;
      return wordConflict({ ...found, install, hint: `Install a version that fits: ${install}\n${release}` });
    }
    default: {
      const together = `${install} ${latest}`;
      const hint = `${compared} Install releases that belong together: ${together}`;
      return wordConflict({ ...found, install: together, hint });
    }
  }
}

function compareReadings({ reads }: FactorSubject, { offers }: TrunkSubject): string {
  return `It reads ${wordReadings(reads).join(' and ')}, and this offers ${wordReadings(offers).join(', ')}.`;
}

function compareSpaces(factor: FactorSubject, { representation, standsInFor }: TrunkSubject): string {
  const others = standsInFor.map(
    (other) => `${short(other.representation)}${other.version ? ` of ${other.version}` : ''}`,
  );
  const more = others.length > 0 ? `, which stands in for ${others.join(', ')}` : '';
  return `It needs the feature space ${short(factor.representation)}, and this is ${short(representation)}${more}.`;
}

const short = (digest: string) => `${digest.slice(0, 'sha512-'.length + 12)}…`;
