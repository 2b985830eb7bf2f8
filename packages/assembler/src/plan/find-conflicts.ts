import { SPEC_VERSION } from '@factornet/spec';
import satisfies from 'semver/functions/satisfies.js';
import { type AssemblyConflict, wordConflict } from './conflict';
import type { FactorSubject, Subject } from './subjects';

/** Every reason why these networks do not go together, in the order of the factors. */
export function findConflicts(common: Subject, factors: readonly FactorSubject[]): AssemblyConflict[] {
  const readable = factors.filter((factor) => factor.newerSpec === undefined);
  return [
    ...[common, ...factors].flatMap(findNewerSpec),
    ...(common.newerSpec === undefined ? readable.flatMap((factor) => findIncompatible(common, factor)) : []),
    ...findDuplicates(readable),
  ];
}

function findNewerSpec({ label, newerSpec }: Subject): AssemblyConflict[] {
  if (newerSpec === undefined) return [];
  const install = 'npm install @factornet/assembler@latest';
  return [
    wordConflict({
      kind: 'newer-spec',
      source: label,
      version: newerSpec,
      supported: SPEC_VERSION,
      install,
      hint: `Update the assembler: ${install}`,
    }),
  ];
}

/** At most one conflict: a wrong name makes the range meaningless, and a wrong range the digest. */
function findIncompatible(common: Subject, factor: FactorSubject): AssemblyConflict[] {
  const { wants } = factor;
  if (wants !== undefined && common.name !== undefined && common.version !== undefined) {
    const named = { kind: 'incompatible-common', factor: factor.label, offered: common.label } as const;
    const wanted = `${wants.name}@${wants.range}`;
    const install = `npm install ${shellWord(wanted)}`;
    if (wants.name !== common.name) {
      const hint = `Install the network it was made for and assemble with that one: ${install}`;
      return [wordConflict({ ...named, wanted, reason: 'name', install, hint })];
    }
    if (!satisfies(common.version, wants.range)) {
      const newer = `npm install ${shellWord(`${factor.name}@latest`)}`;
      const hint = `Install a version that fits: ${install}\nOr look for a release of the factor that was made for ${common.label}: ${newer}`;
      return [wordConflict({ ...named, wanted, reason: 'range', install, hint })];
    }
  }
  return factor.representation === common.representation ? [] : [describeOtherSpace(common, factor)];
}

function describeOtherSpace(common: Subject, factor: FactorSubject): AssemblyConflict {
  const { wants } = factor;
  const digests = `It needs the feature space ${short(factor.representation)}, and this is ${short(common.representation)}.`;
  const found = {
    kind: 'incompatible-common',
    reason: 'representation',
    factor: factor.label,
    offered: common.label,
    wanted: wants === undefined ? 'another common-knowledge network' : `${wants.name}@${wants.range}`,
  } as const;
  if (wants === undefined) {
    return wordConflict({ ...found, hint: `${digests} Assemble it with the network it was trained with.` });
  }
  const packages = [`${wants.name}@${wants.range}`, `${factor.name}@latest`].map(shellWord);
  const install = `npm install ${packages.join(' ')}`;
  return wordConflict({
    ...found,
    install,
    hint: `${digests} Install releases that belong together: ${install}`,
  });
}

function findDuplicates(factors: readonly FactorSubject[]): AssemblyConflict[] {
  const byTask = new Map<string, string[]>();
  for (const { task, label } of factors) byTask.set(task, [...(byTask.get(task) ?? []), label]);
  return [...byTask]
    .filter(([, labels]) => labels.length > 1)
    .map(([task, labels]) =>
      wordConflict({
        kind: 'duplicate-task',
        task,
        factors: labels,
        hint: `Assemble one of them; to exchange it later: remove(${JSON.stringify(task)}), then add(…).`,
      }),
    );
}

/** Ranges such as `>=1 <3` need quotes. */
const shellWord = (text: string) => (/^[\w@/.^~-]+$/.test(text) ? text : `"${text}"`);

const short = (digest: string) => `${digest.slice(0, 'sha512-'.length + 12)}…`;
