import type { CommonNetwork, FactorNetwork } from '@factornet/core';
import { type CommonDescription, type FactorReading, PICTURE, SPEC_VERSION } from '@factornet/spec';
import type { CommonRecord, FactorRecord } from '../sources';

/** One network as a plan sees it, whether it comes from a package or from memory. */
export interface Subject {
  /** `name@version`, or words for a network in memory. */
  readonly label: string;
  readonly name: string | undefined;
  readonly version: string | undefined;
  /** Specification version, when it is one that this release cannot read: the rest is then empty. */
  readonly newerSpec: number | undefined;
  readonly representation: string;
  readonly bytes: number;
  readonly parameters: number;
  readonly multiplyAdds: number | undefined;
}

/** Something that a common-knowledge network offers, and a factor may read: pictures, or a map, and its shape for one picture. */
export type PlannedReading = Pick<FactorReading, 'from' | 'shape'>;

export interface TrunkSubject extends Subject {
  readonly offers: readonly PlannedReading[];
  /** Of one picture. */
  readonly inputShape: readonly number[];
  /** Feature spaces of other networks that it stands in for, and how far its features are from them. */
  readonly standsInFor: readonly {
    readonly representation: string;
    readonly version?: string | undefined;
    readonly drift: number;
  }[];
}

export interface FactorSubject extends Subject {
  readonly reads: readonly PlannedReading[];
  readonly task: string;
  /** What a package demands; a factor in memory knows the representation alone. */
  readonly wants: { readonly name: string; readonly range: string } | undefined;
}

export function subjectOfCommon(common: CommonRecord | CommonNetwork): TrunkSubject {
  if (!('manifest' in common)) {
    const { representation, parameters } = common.description;
    const memory = inMemory('the common-knowledge network in memory');
    return { ...memory, ...offered(common.description), representation, parameters, standsInFor: [] };
  }
  const { manifest } = common;
  if (isNewer(manifest.spec)) {
    return { ...unreadable(common, manifest.spec), inputShape: [], offers: [], standsInFor: [] };
  }
  return {
    ...packaged(common),
    ...offered(manifest),
    representation: manifest.representation,
    bytes: modelBytes(manifest.model),
    parameters: manifest.parameters,
    multiplyAdds: manifest.multiplyAdds,
    standsInFor: manifest.compatibility.representations,
  };
}

export function subjectOfFactor(factor: FactorRecord | FactorNetwork): FactorSubject {
  if (!('manifest' in factor)) {
    const { task, reads, representation, parameters } = factor.description;
    const label = `the factor ${task.name} in memory`;
    return { ...inMemory(label), reads, representation, parameters, task: task.name, wants: undefined };
  }
  const { manifest } = factor;
  if (isNewer(manifest.spec)) {
    return { ...unreadable(factor, manifest.spec), reads: [], task: '', wants: undefined };
  }
  return {
    ...packaged(factor),
    representation: manifest.common.representation,
    bytes: modelBytes(manifest.specific) + modelBytes(manifest.head),
    parameters: manifest.parameters,
    multiplyAdds: manifest.multiplyAdds,
    task: manifest.task.name,
    reads: manifest.reads,
    wants: manifest.common,
  };
}

/** As sentences have them, e.g. `block-2 [8,8,48]`. */
export const wordReadings = (readings: readonly PlannedReading[]) =>
  readings.map(({ from, shape }) => `${from} [${shape}]`);

function offered({ input: { shape }, maps }: Pick<CommonDescription, 'input' | 'maps'>) {
  const offers = [{ from: PICTURE, shape }, ...maps.map((map) => ({ from: map.name, shape: map.shape }))];
  return { inputShape: shape, offers };
}

const isNewer = (spec: number) => spec > SPEC_VERSION;

function inMemory(label: string) {
  return {
    label,
    name: undefined,
    version: undefined,
    newerSpec: undefined,
    bytes: 0,
    multiplyAdds: undefined,
  };
}

function packaged({ name, version }: { name: string; version: string }) {
  return { label: `${name}@${version}`, name, version, newerSpec: undefined };
}

function unreadable(record: { name: string; version: string }, newerSpec: number): Subject {
  return {
    ...packaged(record),
    newerSpec,
    representation: '',
    bytes: 0,
    parameters: 0,
    multiplyAdds: undefined,
  };
}

function modelBytes(model: { topology: { bytes: number }; weights: { bytes: number } }): number {
  return model.topology.bytes + model.weights.bytes;
}
