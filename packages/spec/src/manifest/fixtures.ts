import type { CommonManifest } from './common-manifest';
import type { FactorManifest } from './factor-manifest';
import type { TeacherManifest } from './teacher-manifest';

/** A well-formed digest; `letter` tells one from another. */
export function digest(letter: string): string {
  return `sha512-${letter.repeat(86)}==`;
}

const provenance = {
  teacher: { name: 'shapes-teacher', digest: digest('t') },
  data: 'shapes(seed 1)',
  objective: [{ term: 'infomax', weight: 1 }],
  seed: 7,
  backend: 'wasm',
};

const probeFile = {
  file: { path: 'probes.bin', bytes: 26_624, integrity: digest('p') },
  count: 8,
  tolerance: { cpu: 1e-4, wasm: 1e-4, webgpu: 1e-3, tensorflow: 1e-3, other: 1e-2 },
};

function files(name: string) {
  return {
    topology: { path: `${name}.model.json`, bytes: 1200, integrity: digest('a') },
    weights: { path: `${name}.weights.bin`, bytes: 4096, integrity: digest('b') },
  };
}

export const common: CommonManifest = {
  spec: 1,
  kind: 'common',
  input: {
    shape: [32, 32, 3],
    layout: 'NHWC',
    normalization: { mean: [0.5, 0.5, 0.5], standardDeviation: [0.25, 0.25, 0.25] },
  },
  features: { shape: [64] },
  maps: [{ name: 'stage-1', shape: [16, 16, 16] }],
  backbone: { name: 'residual', options: { widths: [16, 32] } },
  parameters: 12_345,
  representation: digest('r'),
  provenance,
  multiplyAdds: 1_000_000,
  model: files('common'),
  probes: probeFile,
  compatibility: {
    tolerance: 0.02,
    representations: [{ representation: digest('q'), version: '1.0.0', drift: 0.001 }],
  },
  narrowing: { dtype: 'float16', drift: 0.0004 },
};

export const factor: FactorManifest = {
  spec: 1,
  kind: 'factor',
  task: {
    name: 'object-hue',
    type: 'classification',
    classes: ['red', 'blue'],
    labelSpace: { name: 'colours', classes: ['green', 'blue', 'red'], indices: [2, 1] },
  },
  fusion: { type: 'add' },
  reads: [
    { from: 'picture', shape: [32, 32, 3], backbone: { name: 'convolutional', options: {} } },
    { from: 'stage-1', shape: [16, 16, 16], backbone: { name: 'residual', options: { filters: [8] } } },
  ],
  code: { type: 'gaussian', length: 64, capacity: 'infinite', settings: { ships: 'mean' } },
  parameters: 2_345,
  report: {
    accuracy: 0.97,
    teacherAccuracy: 1,
    heldOut: { examples: 2000, data: 'shapes(seed 2)' },
    leakage: [
      {
        probe: 'kernel',
        examples: 2000,
        tasks: { shape: { value: 0.02, standardError: 0.01 }, size: { value: -0.01, standardError: 0.02 } },
        mean: { value: 0.005, standardError: 0.01 },
        maximum: { value: 0.02, standardError: 0.01 },
      },
    ],
  },
  provenance,
  logitScale: 1.5,
  temperature: 1.2,
  specific: files('specific'),
  head: files('head'),
  multiplyAdds: 200_000,
  probes: { ...probeFile, input: common.input, features: 64 },
  narrowing: {
    dtype: 'uint8',
    drift: 0.01,
    agreement: 1,
    accuracy: { before: 0.97, after: 0.968, examples: 2000, data: 'shapes(seed 2)' },
  },
  common: { name: '@acme/common', range: '^1.2.0', representation: digest('r') },
};

export const teacher: TeacherManifest = {
  spec: 1,
  kind: 'teacher',
  name: 'shapes-teacher',
  input: common.input,
  tasks: [
    { name: 'shape', type: 'classification', classes: ['cube', 'ball'] },
    { name: 'object-hue', type: 'classification', classes: ['red', 'blue'] },
  ],
  taps: ['stage-2', 'features'],
  parameters: 50_000,
  model: files('teacher'),
  accuracy: { shape: 0.96, 'object-hue': 1 },
  data: 'shapes(seed 1)',
  command: 'factornet train',
  seed: 1,
};

/** A copy of `value` with the part at `path` (`task.classes.0`) replaced; `undefined` removes it. */
export function alter(value: object, path: string, replacement: unknown): unknown {
  const copy = structuredClone(value);
  const keys = path.split('.');
  const last = keys.pop() as string;
  let part = copy as Record<string, unknown>;
  for (const key of keys) part = part[key] as Record<string, unknown>;
  if (replacement === undefined) delete part[last];
  else part[last] = replacement;
  return copy;
}

interface Violation {
  manifest: object;
  path: string;
  replacement: unknown;
}

/** Violations that a JSON Schema sees too. */
export const violations: readonly Violation[] = [
  { manifest: common, path: 'input.shape', replacement: [32, 32] },
  { manifest: common, path: 'input.shape', replacement: [32, 32, 3, 1] },
  { manifest: common, path: 'input.shape.0', replacement: 0 },
  { manifest: common, path: 'input.shape.0', replacement: 1.5 },
  { manifest: common, path: 'input.layout', replacement: 'NCHW' },
  { manifest: common, path: 'input.normalization.standardDeviation.1', replacement: 0 },
  { manifest: common, path: 'features.shape', replacement: [] },
  { manifest: common, path: 'backbone.name', replacement: '' },
  { manifest: common, path: 'backbone.options', replacement: undefined },
  { manifest: common, path: 'parameters', replacement: '12' },
  { manifest: common, path: 'representation', replacement: 'sha256-abc' },
  { manifest: common, path: 'representation', replacement: undefined },
  { manifest: common, path: 'provenance.objective.0.weight', replacement: null },
  { manifest: common, path: 'provenance.teacher.digest', replacement: 'abc' },
  { manifest: common, path: 'model.topology.path', replacement: '../../etc/passwd' },
  { manifest: common, path: 'model.topology.path', replacement: 'weights.bin' },
  { manifest: common, path: 'model.weights.path', replacement: 'weights/part.bin' },
  { manifest: common, path: 'model.weights.bytes', replacement: -1 },
  { manifest: common, path: 'model.weights', replacement: undefined },
  { manifest: common, path: 'spec', replacement: '1' },
  { manifest: common, path: 'spec', replacement: 0 },
  { manifest: common, path: 'spec', replacement: undefined },
  { manifest: factor, path: 'task.name', replacement: 'Object Hue' },
  { manifest: factor, path: 'task.type', replacement: 'regression' },
  { manifest: factor, path: 'task.classes', replacement: ['red'] },
  { manifest: factor, path: 'task.classes.0', replacement: '' },
  { manifest: factor, path: 'task.labelSpace.indices.0', replacement: -1 },
  { manifest: factor, path: 'fusion.type', replacement: 'z + t' },
  { manifest: common, path: 'maps', replacement: undefined },
  { manifest: common, path: 'maps.0.shape', replacement: [16, 16] },
  { manifest: common, path: 'maps.0.name', replacement: 'Stage 1' },
  { manifest: factor, path: 'reads', replacement: [] },
  { manifest: factor, path: 'reads.0.shape.2', replacement: 0 },
  { manifest: factor, path: 'reads.1.backbone.name', replacement: '' },
  { manifest: factor, path: 'code', replacement: undefined },
  { manifest: factor, path: 'code.length', replacement: 0 },
  { manifest: factor, path: 'code.capacity', replacement: -1 },
  { manifest: factor, path: 'code.capacity', replacement: 'large' },
  { manifest: factor, path: 'code.settings.ships', replacement: ['mean'] },
  { manifest: factor, path: 'report.accuracy', replacement: 97 },
  { manifest: factor, path: 'report.heldOut.examples', replacement: 0 },
  { manifest: factor, path: 'report.heldOut.data', replacement: undefined },
  { manifest: factor, path: 'report.leakage.0.probe', replacement: undefined },
  { manifest: factor, path: 'report.leakage.0.examples', replacement: 0 },
  { manifest: factor, path: 'report.leakage.0.tasks.shape', replacement: 0.02 },
  { manifest: factor, path: 'report.leakage.0.mean.value', replacement: 'low' },
  { manifest: factor, path: 'report.leakage.0.maximum.standardError', replacement: -1 },
  { manifest: factor, path: 'head.weights.integrity', replacement: undefined },
  { manifest: factor, path: 'common.name', replacement: 'Not A Package' },
  { manifest: factor, path: 'common.range', replacement: '' },
  { manifest: factor, path: 'common.range', replacement: '1 || '.repeat(100) },
  { manifest: common, path: 'multiplyAdds', replacement: undefined },
  { manifest: common, path: 'probes', replacement: undefined },
  { manifest: common, path: 'probes.count', replacement: 1000 },
  { manifest: common, path: 'probes.file.path', replacement: 'probes.json' },
  { manifest: common, path: 'probes.tolerance.wasm', replacement: 0 },
  { manifest: common, path: 'compatibility.tolerance', replacement: 0 },
  { manifest: common, path: 'compatibility.representations.0.drift', replacement: -1 },
  { manifest: common, path: 'narrowing.dtype', replacement: 'int4' },
  { manifest: common, path: 'input.shape.0', replacement: 1_000_000_000 },
  { manifest: common, path: 'features.shape.0', replacement: 1_000_000_000 },
  { manifest: common, path: 'model.weights.bytes', replacement: 1e15 },
  { manifest: factor, path: 'probes.input', replacement: undefined },
  { manifest: factor, path: 'probes.features', replacement: 0 },
  { manifest: factor, path: 'narrowing.agreement', replacement: 1.5 },
  { manifest: factor, path: 'logitScale', replacement: 0 },
  { manifest: factor, path: 'temperature', replacement: 0 },
  { manifest: factor, path: 'report.calibrationError', replacement: 1.5 },
  { manifest: teacher, path: 'tasks', replacement: [] },
  { manifest: teacher, path: 'tasks.1.classes', replacement: 'red, blue' },
  { manifest: teacher, path: 'taps.0', replacement: 3 },
  { manifest: teacher, path: 'accuracy.shape', replacement: 1.01 },
  { manifest: teacher, path: 'command', replacement: undefined },
];

/** Violations of rules across fields, which no JSON Schema expresses; `reported` is how the issue begins. */
export const crossFieldViolations: readonly (Violation & { reported: string })[] = [
  { manifest: common, path: 'input.normalization.mean', replacement: [0.5], reported: 'input' },
  { manifest: common, path: 'input.normalization.standardDeviation', replacement: [1, 1], reported: 'input' },
  { manifest: factor, path: 'task.classes', replacement: ['red', 'red'], reported: 'task' },
  { manifest: factor, path: 'task.labelSpace.indices', replacement: [1, 2], reported: 'task' },
  { manifest: factor, path: 'task.labelSpace.indices', replacement: [2, 1, 0], reported: 'task' },
  {
    manifest: factor,
    path: 'head.weights.path',
    replacement: 'specific.weights.bin',
    reported: 'specific and head must not share a file',
  },
  {
    manifest: common,
    path: 'compatibility.representations.0.drift',
    replacement: 0.5,
    reported: 'compatibility',
  },
  { manifest: common, path: 'maps.0.name', replacement: 'picture', reported: 'maps.0.name' },
  { manifest: factor, path: 'reads.1.from', replacement: 'picture', reported: 'reads' },
  { manifest: teacher, path: 'tasks.1.name', replacement: 'shape', reported: 'tasks' },
];
