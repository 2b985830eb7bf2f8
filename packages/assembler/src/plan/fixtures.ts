import type { InputDescription } from '@factornet/spec';
import type { CommonRecord, FactorRecord } from '../sources';
import type { AssemblyConflict } from './conflict';
import { type PlanRequest, planAssembly } from './plan-assembly';

/** A well-formed digest; `letter` tells one from another. */
export const digest = (letter: string) => `sha512-${letter.repeat(86)}==`;
const file = (path: string, bytes: number) => ({ path, bytes, integrity: digest('f') });
const model = (name: string, bytes: number) => ({
  topology: file(`${name}.model.json`, 10),
  weights: file(`${name}.weights.bin`, bytes),
});
const provenance = { data: 'shapes', objective: [], seed: 1, backend: 'cpu' };
const backbone = { name: 'tiny', options: {} };
const input = {
  shape: [32, 32, 3],
  layout: 'NHWC',
  normalization: { mean: [0, 0, 0], standardDeviation: [1, 1, 1] },
} as const;
const probes = {
  file: file('probes.bin', 3136),
  count: 1,
  tolerance: { cpu: 1e-4, wasm: 1e-4, webgpu: 1e-3, tensorflow: 1e-4, other: 1e-2 },
};

export function ckn(version = '1.2.0', name = '@scope/ckn', representation = digest('a')): CommonRecord {
  return {
    name,
    version,
    manifest: {
      spec: 1,
      kind: 'common',
      input,
      features: { shape: [16] },
      maps: [],
      backbone,
      parameters: 1000,
      representation,
      provenance,
      multiplyAdds: 100_000,
      model: model('common', 4000),
      probes,
      compatibility: { tolerance: 0.02, representations: [] },
    },
  };
}

export function factor(task: string, range = '^1.0.0', representation = digest('a')): FactorRecord {
  return {
    name: `@scope/${task}`,
    version: '1.1.0',
    manifest: {
      spec: 1,
      kind: 'factor',
      task: { name: task, type: 'classification', classes: ['yes', 'no'] },
      fusion: { type: 'add' },
      reads: [{ from: 'picture', shape: input.shape, backbone }],
      code: { type: 'gaussian', length: 16, capacity: 'infinite', settings: { ships: 'mean' } },
      parameters: 50,
      report: {},
      provenance,
      specific: model('specific', 150),
      head: model('head', 50),
      multiplyAdds: 10_000,
      probes: { ...probes, input, features: 16 },
      common: { name: '@scope/ckn', range, representation },
    },
  };
}

/** The one conflict of a plan. */
export function only(request: PlanRequest): AssemblyConflict {
  const [conflict, ...more] = planAssembly(request).conflicts;
  if (conflict === undefined || more.length > 0) throw new Error(`${more.length} conflicts more than one`);
  return conflict;
}

/** The same network, standing in for other feature spaces. */
export function standingInFor(
  common: CommonRecord,
  representations: CommonRecord['manifest']['compatibility']['representations'],
): CommonRecord {
  return { ...common, manifest: { ...common.manifest, compatibility: { tolerance: 0.02, representations } } };
}

/** The same network for pictures of another shape. */
export function withInput(common: CommonRecord, shape: InputDescription['shape']): CommonRecord {
  return { ...common, manifest: { ...common.manifest, input: { ...common.manifest.input, shape } } };
}

/** The same factor for another common-knowledge package. */
export function forCommon(factor: FactorRecord, name: string): FactorRecord {
  return { ...factor, manifest: { ...factor.manifest, common: { ...factor.manifest.common, name } } };
}
