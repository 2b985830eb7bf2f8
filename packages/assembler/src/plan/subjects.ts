import type { CommonNetwork, FactorNetwork } from '@factornet/core';
import { type FactorReading, PICTURE, SPEC_VERSION } from '@factornet/spec';
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
  const subject = subjectOf(common, 'the common-knowledge network in memory');
  if (subject.newerSpec !== undefined) return { ...subject, inputShape: [], offers: [], standsInFor: [] };
  const packaged = 'manifest' in common;
  const { representation, input, maps } = packaged ? common.manifest : common.description;
  const { shape } = input;
  return {
    ...subject,
    representation,
    inputShape: shape,
    offers: [{ from: PICTURE, shape }, ...maps.map((map) => ({ from: map.name, shape: map.shape }))],
    standsInFor: packaged ? common.manifest.compatibility.representations : [],
  };
}

export function subjectOfFactor(factor: FactorRecord | FactorNetwork): FactorSubject {
  const packaged = 'manifest' in factor;
  const subject = subjectOf(factor, packaged ? '' : `the factor ${factor.description.task.name} in memory`);
  if (subject.newerSpec !== undefined) return { ...subject, reads: [], task: '', wants: undefined };
  const { task, reads } = packaged ? factor.manifest : factor.description;
  const wants = packaged ? factor.manifest.common : undefined;
  const { representation } = wants ?? (factor as FactorNetwork).description;
  return { ...subject, representation, reads, task: task.name, wants };
}

/** As sentences have them, e.g. `block-2 [8,8,48]`. */
export const wordReadings = (readings: readonly PlannedReading[]) =>
  readings.map(({ from, shape }) => `${from} [${shape}]`);

/** What is told of every network; of a newer specification's no more than that. */
function subjectOf(
  network: CommonRecord | CommonNetwork | FactorRecord | FactorNetwork,
  label: string,
): Subject {
  const nothing = {
    newerSpec: undefined,
    representation: '',
    bytes: 0,
    parameters: 0,
    multiplyAdds: undefined,
  };
  if (!('manifest' in network)) {
    return {
      ...nothing,
      label,
      name: undefined,
      version: undefined,
      parameters: network.description.parameters,
    };
  }
  const { name, version, manifest } = network;
  const known = { ...nothing, label: `${name}@${version}`, name, version };
  if (manifest.spec > SPEC_VERSION) return { ...known, newerSpec: manifest.spec };
  const { parameters, multiplyAdds } = manifest;
  const models = manifest.kind === 'common' ? [manifest.model] : [manifest.specific, manifest.head];
  const bytes = models.reduce((sum, { topology, weights }) => sum + topology.bytes + weights.bytes, 0);
  return { ...known, parameters, multiplyAdds, bytes };
}
