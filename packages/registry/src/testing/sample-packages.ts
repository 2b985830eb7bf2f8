import type { CommonManifest, FactorManifest } from '@factornet/spec';
import type { PublishedCommon, PublishedFactor, PublishedPackage } from '../packages/published-package';

// Manifests made by hand, for what plans from manifests alone. No model files belong to them.

/** A well-formed digest; `letter` tells one from another. */
export const digest = (letter: string) => `sha512-${letter.repeat(86)}==`;

const file = (path: string, bytes: number) => ({ path, bytes, integrity: digest('f') });
const model = (name: string, bytes: number) => ({
  topology: file(`${name}.model.json`, 10),
  weights: file(`${name}.weights.bin`, bytes),
});
const provenance: CommonManifest['provenance'] = { data: 'shapes', objective: [], seed: 1, backend: 'cpu' };
const backbone = { name: 'tiny', options: {} };
const input: CommonManifest['input'] = {
  shape: [32, 32, 3],
  layout: 'NHWC',
  normalization: { mean: [0, 0, 0], standardDeviation: [1, 1, 1] },
};
const tolerance = { cpu: 1e-4, wasm: 1e-4, webgpu: 1e-3, tensorflow: 1e-3, other: 1e-2 };
const probes = (count: number) => ({ file: file('probes.bin', 1000), count, tolerance });

export interface SampleCommon {
  version?: string;
  name?: string;
  representation?: string;
  /** Representations it stands in for. */
  compatible?: readonly string[];
  bytes?: number;
  multiplyAdds?: number;
  deprecated?: string;
}

/** `@me/ckn@1.0.0` with the feature space `a`, unless told otherwise. */
export function sampleCommon({
  version = '1.0.0',
  name = '@me/ckn',
  representation = digest('a'),
  compatible = [],
  bytes = 4000,
  multiplyAdds = 1000,
  deprecated,
}: SampleCommon = {}): PublishedCommon {
  const manifest: CommonManifest = {
    spec: 1,
    kind: 'common',
    input,
    features: { shape: [16] },
    maps: [],
    backbone,
    parameters: 1000,
    representation,
    provenance,
    multiplyAdds,
    model: model('common', bytes - 10),
    probes: probes(8),
    compatibility: {
      tolerance: 0.02,
      representations: compatible.map((each) => ({ representation: each, drift: 0.001 })),
    },
  };
  const identity = { name, version, specifier: `${name}@${version}` };
  return {
    ...identity,
    manifest,
    unpackedBytes: bytes + 1000,
    ...(deprecated !== undefined && { deprecated }),
  };
}

export interface SampleFactor {
  version?: string;
  name?: string;
  common?: string;
  range?: string;
  representation?: string;
  accuracy?: number;
  bytes?: number;
  multiplyAdds?: number;
  deprecated?: string;
}

/** `@me/<task>@1.0.0` for `@me/ckn@^1.0.0` with the feature space `a`, unless told otherwise. */
export function sampleFactor(
  task: string,
  {
    version = '1.0.0',
    name = `@me/${task}`,
    common = '@me/ckn',
    range = '^1.0.0',
    representation = digest('a'),
    accuracy,
    bytes = 400,
    multiplyAdds = 100,
    deprecated,
  }: SampleFactor = {},
): PublishedFactor {
  const manifest: FactorManifest = {
    spec: 1,
    kind: 'factor',
    task: { name: task, type: 'classification', classes: ['yes', 'no'] },
    fusion: { type: 'add' },
    reads: [{ from: 'picture', shape: input.shape, backbone }],
    code: { type: 'gaussian', length: 16, capacity: 'infinite', settings: { ships: 'mean' } },
    parameters: 50,
    report: accuracy === undefined ? {} : { accuracy },
    provenance,
    specific: model('specific', bytes - 120),
    head: model('head', 100),
    multiplyAdds,
    probes: { ...probes(4), input, features: 16 },
    common: { name: common, range, representation },
  };
  const identity = { name, version, specifier: `${name}@${version}` };
  return {
    ...identity,
    manifest,
    unpackedBytes: bytes + 1000,
    ...(deprecated !== undefined && { deprecated }),
  };
}

/** The `package.json` that a package like this is published with. */
export function descriptionOf({ name, version, manifest }: PublishedPackage): Record<string, unknown> {
  return {
    name,
    version,
    description: `${manifest.kind} for factornet.`,
    keywords: ['factornet', `factornet-${manifest.kind}`],
    ...(manifest.kind === 'factor' && {
      peerDependencies: { [manifest.common.name]: manifest.common.range },
    }),
    factornet: manifest,
  };
}
