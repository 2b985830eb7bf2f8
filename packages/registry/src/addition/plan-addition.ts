import { isDeepStrictEqual } from 'node:util';
import {
  type AssemblyConflict,
  type CommonRecord,
  type FactorRecord,
  planAssembly,
} from '@factornet/assembler';
import { InvalidOptionError } from '@factornet/spec';
import { statedAccuracy } from '../packages/accuracy';
import {
  isPublishedCommon,
  isPublishedFactor,
  type PublishedCommon,
  type PublishedPackage,
} from '../packages/published-package';
import type { AdditionPlan, AdditionRequest, AdditionStep, PlannedPackage } from './addition-plan';
import { chooseCommon } from './choose-common';

/**
 * Plans what adding packages to a project would do, from manifests alone: which common-knowledge network each factor
 * wants and which version of it suits all factors, those that are there included; what is to be downloaded; which
 * tasks the project gains; what stands in the way. Pure.
 *
 * An installed common-knowledge network is kept if it suits. Factors that do not go with the installed one anyway are
 * left out of account, as are tasks that two installed factors solve.
 *
 * @throws InvalidOptionError if two versions of one package are wanted
 * @example
 * const { install, conflicts } = planAddition({ installed, wanted: [shape], published: versions });
 */
export function planAddition({ installed, wanted, published }: AdditionRequest): AdditionPlan {
  refuseTwoVersions(wanted);
  const names = new Set(
    wanted.map((each) => (isPublishedFactor(each) ? each.manifest.common.name : each.name)),
  );
  const groups = [...names].map((name) => {
    const factors = wanted.filter(isPublishedFactor).filter(({ manifest }) => manifest.common.name === name);
    const asked = wanted.filter(isPublishedCommon).find((each) => each.name === name);
    const present = installed.commons.find((each) => each.name === name);
    const versions = published.filter((each) => each.name === name);
    const kept = keptFactors(installed.factors, wanted, name, present);
    const question = { name, asked, installed: present, published: versions, factors: [...kept, ...factors] };
    const { common, conflicts } = chooseCommon(question);
    // What is there already has no address, and needs none.
    const described =
      common && ({ specifier: `${name}@${common.version}`, unpackedBytes: 0, ...common } as PublishedCommon);
    return {
      packages: [...(described === undefined ? [] : [described]), ...factors],
      conflicts: conflicts.filter((conflict) => !isOld(conflict, kept)),
    };
  });
  const packages = groups.flatMap((group) => group.packages).map((each) => planPackage(each, installed));
  const sum = (field: 'bytes' | 'parameters' | 'multiplyAdds' | 'downloadBytes') =>
    packages.reduce((total, each) => total + each[field], 0);
  const known = new Set(installed.factors.map(({ manifest }) => manifest.task.name));
  return {
    packages,
    install: packages.filter(({ step }) => step !== 'present').map(({ specifier }) => specifier),
    tasksGained: packages.flatMap(({ task }) => (task === undefined || known.has(task) ? [] : [task])),
    bytes: sum('bytes'),
    parameters: sum('parameters'),
    multiplyAdds: sum('multiplyAdds'),
    downloadBytes: sum('downloadBytes'),
    conflicts: groups.flatMap((group) => group.conflicts),
  };
}

function refuseTwoVersions(wanted: readonly PublishedPackage[]): void {
  const versions = new Map<string, string>();
  for (const { name, version } of wanted) {
    const other = versions.get(name);
    if (other !== undefined) {
      throw new InvalidOptionError({
        option: 'package',
        expected: 'named once, since a project holds one version of it',
        received: `${name}@${other} and ${name}@${version}`,
      });
    }
    versions.set(name, version);
  }
}

/** Installed factors of a common-knowledge network that shall go on working: those that do, less those exchanged. */
function keptFactors(
  factors: readonly FactorRecord[],
  wanted: readonly PublishedPackage[],
  name: string,
  common: CommonRecord | undefined,
): FactorRecord[] {
  return factors.filter(
    (factor) =>
      factor.manifest.common.name === name &&
      !wanted.some((each) => each.name === factor.name) &&
      (common === undefined || planAssembly({ common, factors: [factor] }).conflicts.length === 0),
  );
}

/** A task that several installed factors solve: whoever assembles takes one of them. */
function isOld(conflict: AssemblyConflict, kept: readonly FactorRecord[]): boolean {
  const labels = kept.map(({ name, version }) => `${name}@${version}`);
  return conflict.kind === 'duplicate-task' && conflict.factors.every((label) => labels.includes(label));
}

function planPackage(one: PublishedPackage, installed: AdditionRequest['installed']): PlannedPackage {
  const { name, version, specifier, deprecated, manifest } = one;
  const there = [...installed.commons, ...installed.factors].find((each) => each.name === name);
  const step = stepOf(one, there, installed.dependencies);
  const isNew = step === 'install' || step === 'update';
  const identity = {
    name,
    version,
    step,
    from: step === 'update' ? there?.version : undefined,
    specifier,
    downloadBytes: isNew ? (one.tarballBytes ?? one.unpackedBytes) : 0,
    deprecated,
    manifest,
  };
  if (isPublishedCommon(one)) {
    const { bytes, parameters } = planAssembly({ common: one, factors: [] });
    const { multiplyAdds } = one.manifest;
    const none = { task: undefined, needs: undefined, accuracy: undefined };
    return { kind: 'common', ...identity, ...none, bytes, parameters, multiplyAdds };
  }
  const { specific, head, task, common, parameters, multiplyAdds } = one.manifest;
  const bytes = [specific, head].reduce(
    (total, { topology, weights }) => total + topology.bytes + weights.bytes,
    0,
  );
  return {
    kind: 'factor',
    ...identity,
    task: task.name,
    needs: `${common.name}@${common.range}`,
    bytes,
    parameters,
    multiplyAdds,
    accuracy: statedAccuracy(one.manifest),
  };
}

function stepOf(
  one: PublishedPackage,
  there: CommonRecord | FactorRecord | undefined,
  dependencies: readonly string[],
): AdditionStep {
  if (there === undefined) return 'install';
  // A folder that was packed again under its old version is another package, too.
  if (there.version !== one.version || !isDeepStrictEqual(there.manifest, one.manifest)) return 'update';
  return dependencies.includes(one.name) ? 'present' : 'list';
}
