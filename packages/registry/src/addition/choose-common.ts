import {
  type AssemblyConflict,
  type CommonRecord,
  conflictError,
  type FactorRecord,
  planAssembly,
} from '@factornet/assembler';
import { shellWord } from '@factornet/spec/internal';
import rcompare from 'semver/functions/rcompare.js';
import type { PublishedCommon } from '../packages/published-package';

export interface CommonQuestion {
  readonly name: string;
  /** The version that was asked for; no other is then looked at. */
  readonly asked: PublishedCommon | undefined;
  readonly installed: CommonRecord | undefined;
  readonly published: readonly PublishedCommon[];
  /** All that shall run with it. */
  readonly factors: readonly FactorRecord[];
}

/** The version to have, and what stands in the way of it. */
export interface CommonAnswer {
  /** Undefined only if there is none of that name. */
  readonly common: CommonRecord | undefined;
  readonly conflicts: readonly AssemblyConflict[];
}

/**
 * Finds the version of a common-knowledge network that suits all factors: the one that was asked for; else the
 * installed one; else the highest published one, deprecated ones last. If none suits them all, the conflicts are those
 * with the installed one, or with the one that suits the most.
 */
export function chooseCommon({ name, asked, installed, published, factors }: CommonQuestion): CommonAnswer {
  const conflictsWith = (common: CommonRecord) => planAssembly({ common, factors }).conflicts;
  if (asked !== undefined) return { common: asked, conflicts: conflictsWith(asked) };
  const candidates: CommonRecord[] = [...(installed === undefined ? [] : [installed]), ...inOrder(published)];
  const misfits = candidates.map((common) => ({
    common,
    factors: factors.filter((factor) => planAssembly({ common, factors: [factor] }).conflicts.length > 0),
  }));
  const suits = misfits.find((each) => each.factors.length === 0);
  if (suits !== undefined) return { common: suits.common, conflicts: conflictsWith(suits.common) };
  const fewest = Math.min(...misfits.map((each) => each.factors.length));
  const nearest =
    misfits.find(({ common }) => common === installed) ??
    misfits.find((each) => each.factors.length === fewest);
  if (nearest === undefined) return { common: undefined, conflicts: factors.map(explainNone) };
  const { common } = nearest;
  const served = factors.filter((factor) => !nearest.factors.includes(factor)).map(label);
  const hint = `No version of ${name} suits them all (there is ${[...new Set(candidates.map(({ version }) => version))].join(', ')}). Look for releases that were made for one version: ${searchFor(factors)}`;
  return {
    common,
    conflicts: conflictsWith(common).map((conflict) =>
      conflict.kind === 'incompatible-common' && served.length > 0
        ? reword(conflict, `${conflict.offered}, which suits ${served.join(' and ')}`, hint)
        : conflict,
    ),
  };
}

/** The command that chooses among all releases of these factors. */
function searchFor(factors: readonly FactorRecord[]): string {
  const tasks = factors.map(({ manifest }) => manifest.task.name);
  return `factornet plan --tasks ${[tasks.join(','), ...factors.map(({ name }) => name)].map(shellWord).join(' ')}`;
}

/** The highest versions first, those that were deprecated after all others. */
function inOrder(published: readonly PublishedCommon[]): PublishedCommon[] {
  const isDeprecated = ({ deprecated }: PublishedCommon) => (deprecated === undefined ? 0 : 1);
  return published.toSorted(
    (one, other) => isDeprecated(one) - isDeprecated(other) || rcompare(one.version, other.version),
  );
}

/** Installing what one factor wants, as the assembler advises, would take it from the others. */
function reword(
  { install: _, ...conflict }: Extract<AssemblyConflict, { kind: 'incompatible-common' }>,
  offered: string,
  hint: string,
): AssemblyConflict {
  return worded({ ...conflict, offered, hint });
}

function explainNone(factor: FactorRecord): AssemblyConflict {
  const { name, range } = factor.manifest.common;
  return worded({
    kind: 'incompatible-common',
    reason: 'range',
    factor: label(factor),
    wanted: `${name}@${range}`,
    offered: 'no published version of it',
    hint: 'Name the folder or tarball of the network it was made for, too, or ask its publisher.',
  });
}

function worded(conflict: Omit<Extract<AssemblyConflict, { kind: 'incompatible-common' }>, 'message'>) {
  return { ...conflict, message: conflictError(conflict).message };
}

const label = ({ name, version }: { name: string; version: string }) => `${name}@${version}`;
