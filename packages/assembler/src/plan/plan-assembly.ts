import type { CommonNetwork, FactorNetwork } from '@factornet/core';
import type { CommonRecord, FactorRecord } from '../sources';
import type { AssemblyConflict } from './conflict';
import { findConflicts } from './find-conflicts';
import { describeCommon, describeFactor, type Subject } from './subjects';

/** One network of a plan. */
export interface PlannedNetwork {
  /** Package name and version; undefined for a network in memory. */
  readonly name: string | undefined;
  readonly version: string | undefined;
  /** Bytes of model files to fetch; 0 for a network in memory. */
  readonly bytes: number;
  readonly parameters: number;
}

export interface PlannedFactor extends PlannedNetwork {
  readonly task: string;
}

/** What an assembly would consist of, and what stands in its way. Plain data, fit for JSON. */
export interface AssemblyPlan {
  readonly common: PlannedNetwork;
  /** In the order given, less those of a newer specification. */
  readonly factors: readonly PlannedFactor[];
  readonly tasks: readonly string[];
  /** Of all networks together. */
  readonly bytes: number;
  readonly parameters: number;
  /** Empty if everything goes together. */
  readonly conflicts: readonly AssemblyConflict[];
}

export interface PlanRequest {
  readonly common: CommonRecord | CommonNetwork;
  readonly factors: readonly (FactorRecord | FactorNetwork)[];
}

/**
 * Plans an assembly from manifests alone: a pure function that loads nothing and never throws for networks
 * that do not go together, but lists the conflicts. Packages are checked by name, version range (semver) and
 * representation; networks in memory by representation. No two factors may solve one task.
 *
 * @example
 * const { bytes, conflicts } = planAssembly({ common: ckn, factors: [shape, hue] });
 * for (const { message } of conflicts) console.error(message);
 */
export function planAssembly({ common, factors }: PlanRequest): AssemblyPlan {
  const trunk = describeCommon(common);
  const subjects = factors.map(describeFactor);
  const readable = subjects.filter((factor) => factor.newerSpec === undefined);
  const all = [trunk, ...readable];
  return {
    common: summarize(trunk),
    factors: readable.map((factor) => ({ task: factor.task, ...summarize(factor) })),
    tasks: [...new Set(readable.map((factor) => factor.task))],
    bytes: all.reduce((total, { bytes }) => total + bytes, 0),
    parameters: all.reduce((total, { parameters }) => total + parameters, 0),
    conflicts: findConflicts(trunk, subjects),
  };
}

function summarize({ name, version, bytes, parameters }: Subject): PlannedNetwork {
  return { name, version, bytes, parameters };
}
