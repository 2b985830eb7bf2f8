import type { CommonNetwork, FactorNetwork } from '@factornet/core';
import type { CommonRecord, FactorRecord } from '../sources';
import { chooseTrunk } from './choose-trunk';
import type { AssemblyConflict } from './conflict';
import { findConflicts, isReadable } from './find-conflicts';
import { type Subject, subjectOfCommon, subjectOfFactor } from './subjects';

/** What a network, or an assembly of several, takes. */
export interface Cost {
  /** Of model files to fetch; 0 for a network in memory. */
  readonly bytes: number;
  readonly parameters: number;
  /** Multiply–accumulate operations for one picture; undefined where a network in memory takes part. */
  readonly multiplyAdds: number | undefined;
}

/** One network of a plan. */
export interface PlannedNetwork extends Cost {
  /** Package name and version; undefined for a network in memory. */
  readonly name: string | undefined;
  readonly version: string | undefined;
}

/** A common-knowledge network: it runs once per batch, whatever the number of its factors. */
export interface PlannedTrunk extends PlannedNetwork {
  /** Tasks of the factors that run with it. */
  readonly tasks: readonly string[];
}

export interface PlannedFactor extends PlannedNetwork {
  readonly task: string;
  /** Position of its common-knowledge network in `trunks`; undefined if it fits none. */
  readonly trunk: number | undefined;
}

/** What an assembly would consist of, and what stands in its way. Plain data, fit for JSON. */
export interface AssemblyPlan extends Cost {
  /** The common-knowledge networks, in the order given: one, unless more were allowed. */
  readonly trunks: readonly PlannedTrunk[];
  /** In the order given, less those of a newer specification. */
  readonly factors: readonly PlannedFactor[];
  readonly tasks: readonly string[];
  /** Empty if everything goes together. */
  readonly conflicts: readonly AssemblyConflict[];
}

export interface PlanRequest {
  /** The common-knowledge network, or several. */
  readonly common: CommonRecord | CommonNetwork | readonly (CommonRecord | CommonNetwork)[];
  readonly factors: readonly (FactorRecord | FactorNetwork)[];
  /** Allows several common-knowledge networks, each of which runs for every picture. Default false. */
  readonly multipleTrunks?: boolean | undefined;
}

/**
 * Plans an assembly from manifests alone: a pure function that loads nothing and never throws for networks
 * that do not go together, but lists the conflicts. Packages are checked by name, version range (semver) and
 * representation; networks in memory by representation. No two factors may solve one task.
 *
 * A factor fits a common-knowledge network whose representation is the one it was trained with, or that stands in for
 * that one (`compatibility` of its manifest).
 *
 * @example
 * const { bytes, conflicts } = planAssembly({ common: ckn, factors: [shape, hue] });
 * for (const { message } of conflicts) console.error(message);
 */
export function planAssembly({ common, factors, multipleTrunks = false }: PlanRequest): AssemblyPlan {
  const trunks = listOf(common).map(subjectOfCommon);
  const subjects = factors.map(subjectOfFactor);
  const readable = subjects.filter(isReadable);
  const assigned = readable.map((factor) => ({ factor, trunk: chooseTrunk(factor, trunks) }));
  const planned = assigned.map(({ factor, trunk }) => ({ task: factor.task, trunk, ...summarize(factor) }));
  return {
    trunks: trunks.map((trunk, index) => ({
      ...summarize(trunk),
      tasks: planned.filter((factor) => factor.trunk === index).map(({ task }) => task),
    })),
    factors: planned,
    tasks: [...new Set(readable.map((factor) => factor.task))],
    ...addUp([...trunks, ...readable]),
    conflicts: findConflicts(trunks, subjects, assigned, multipleTrunks),
  };
}

/** One, or several in an array. */
export function listOf<T extends object | string>(one: T | readonly T[]): readonly T[] {
  return Array.isArray(one) ? one : [one as T];
}

function summarize({ name, version, bytes, parameters, multiplyAdds }: Subject): PlannedNetwork {
  return { name, version, bytes, parameters, multiplyAdds };
}

function addUp(costs: readonly Cost[]): Cost {
  const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
  const multiplyAdds = costs.map((cost) => cost.multiplyAdds);
  return {
    bytes: sum(costs.map(({ bytes }) => bytes)),
    parameters: sum(costs.map(({ parameters }) => parameters)),
    multiplyAdds: multiplyAdds.includes(undefined) ? undefined : sum(multiplyAdds as number[]),
  };
}
