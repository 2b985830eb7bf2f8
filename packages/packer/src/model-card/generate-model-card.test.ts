import type { CommonManifest, FactorManifest } from '@factornet/spec';
import { describe, expect, it } from 'vitest';
import { INPUT, SHAPE } from '../testing';
import { generateModelCard } from './generate-model-card';

const digest = `sha512-${'A'.repeat(86)}==`;
const file = (path: string, bytes: number) => ({ path, bytes, integrity: digest });
const model = (name: string) => ({
  topology: file(`${name}.model.json`, 1234),
  weights: file(`${name}.weights.bin`, 1_000_000),
});
const backbone = { name: 'residual', options: { widths: [16, 32] } };
const shared = {
  spec: 1 as const,
  parameters: 250_000,
  multiplyAdds: 12_345_678,
  provenance: {
    teacher: { name: 'tiny_teacher', digest },
    data: 'shapes(seed 1)',
    objective: [
      { term: 'supervision', weight: 1 },
      { term: 'bottleneck', weight: 0.15 },
    ],
    seed: 7,
    backend: 'wasm',
  },
};
const probes = {
  file: file('probes.bin', 4096),
  count: 4,
  tolerance: { cpu: 1e-4, wasm: 1e-4, webgpu: 1e-3, tensorflow: 1e-4, other: 1e-2 },
};
const common: CommonManifest = {
  ...shared,
  kind: 'common',
  input: INPUT,
  features: { shape: [16] },
  maps: [],
  backbone,
  representation: digest,
  model: model('common'),
  probes,
  compatibility: {
    tolerance: 0.02,
    representations: [
      { representation: digest, version: '1.0.0', drift: 0.012345 },
      { representation: digest, drift: 0.000412 },
    ],
  },
  narrowing: { dtype: 'float16', drift: 0.000412 },
};
const factor: FactorManifest = {
  ...shared,
  kind: 'factor',
  task: {
    ...SHAPE,
    classes: ['circle', 'square|ish', 'star'],
    labelSpace: { name: 'things', classes: ['circle', 'dog', 'square|ish', 'star'], indices: [0, 2, 3] },
  },
  fusion: { type: 'concatenate' },
  reads: [{ from: 'picture', shape: INPUT.shape, backbone }],
  code: { type: 'gaussian', length: 16, capacity: 'infinite', settings: { ships: 'mean' } },
  report: {
    accuracy: 0.97,
    teacherAccuracy: 0.98,
    heldOut: { examples: 2000, data: 'shapes|seed 2' },
    leakage: [
      {
        probe: 'linear',
        examples: 2000,
        tasks: { 'object-hue': { value: 0.01, standardError: 0.012 } },
        mean: { value: 0.01, standardError: 0.012 },
        maximum: { value: 0.01, standardError: 0.012 },
      },
      {
        probe: 'kernel',
        examples: 2000,
        tasks: { 'object-hue': { value: 0.254, standardError: 0.023 } },
        mean: { value: 0.254, standardError: 0.023 },
        maximum: { value: 0.254, standardError: 0.023 },
      },
    ],
  },
  specific: model('specific'),
  head: model('head'),
  probes: { ...probes, input: INPUT, features: 16 },
  common: { name: '@scope/ckn', range: '^1.0.0', representation: digest },
  narrowing: {
    dtype: 'uint8',
    drift: 0.0123,
    agreement: 0.75,
    accuracy: { before: 0.97, after: 0.968, examples: 2000, data: 'shapes(seed 2)' },
  },
};
const cardOf = (name: string, manifest: CommonManifest | FactorManifest) =>
  generateModelCard({ name, version: '1.2.0', manifest, description: 'What it is.', license: 'MIT' });

describe('generateModelCard', () => {
  it('says all that the manifest of a common-knowledge network says', () => {
    const card = cardOf('@scope/ckn', common);
    expect(card).toMatch(/^# @scope\/ckn\n\nWhat it is\.\n/);
    for (const text of [
      'npm install @factornet/assembler @tensorflow/tfjs @scope/ckn',
      "import common from '@scope/ckn';",
      'Pictures of 32 × 32 with 3 channels (NHWC), values in [0, 1]; mean 0.5, 0.4, 0.3',
      'Features: `[batch, 16]`.',
      'moved by at most 2 % of their length are a minor release',
      '| version 1.0.0 | 1.23 % away |',
      '| weights before they were stored in fewer bits | 0.0412 % away |',
      '1,005,330 bytes of model files and probes, 250,000 parameters, 12,345,678 multiply–adds',
      'Weights are stored as float16, which moved the features by at most 0.0412 % of their length',
      '`probes.bin` holds 4 pictures with the features that',
      'npx @factornet/cli verify @scope/ckn',
      '| 0.0001 | 0.0001 | 0.001 | 0.0001 | 0.01 |',
      'Factorized from the teacher tiny\\_teacher on shapes(seed 1). Objective: 1 × supervision, 0.15 × bottleneck.',
      'MIT. The text is in the file `LICENSE`.',
    ]) {
      expect(card).toContain(text);
    }
  });

  it('says all that the manifest of a factor says', () => {
    const card = cardOf('@scope/shape', factor);
    for (const text of [
      'npm install @factornet/assembler @tensorflow/tfjs @scope/ckn@^1.0.0 @scope/shape',
      "console.log(predictions['shape'].labels);",
      '"shape", classification into 3 classes: circle, square\\|ish, star.',
      'They are 3 of the 4 classes of "things".',
      'On 2,000 pictures of shapes\\|seed 2, which no network was trained on.',
      '| this factor | 97.0 % |',
      '| its teacher | 98.0 % |',
      '| object-hue | 0.01 ± 0.01 | 0.25 ± 0.02 |',
      '| largest | 0.01 ± 0.01 | 0.25 ± 0.02 |',
      'Weights are stored as uint8, which moved the logits by at most 1.23 % of their length',
      'The likeliest class stayed the same for 3 of 4.',
      'went from 97.0 % (both as float32) to 96.8 % (both as published), on 2,000 examples of shapes(seed 2).',
      'the common-knowledge network’s left out',
      '`head.weights.bin`',
    ]) {
      expect(card).toContain(text);
    }
    expect(card).not.toContain('| shape |');
  });

  it('leaves out what is not known', () => {
    const { narrowing: _, ...plain } = factor;
    const { labelSpace: __, ...task } = factor.task;
    const card = cardOf('@scope/shape', { ...plain, task, report: {} });
    expect(card).not.toMatch(/undefined|null|NaN|Measured on|which no network|They are/);
    expect(card).toContain('Weights are stored as float32, as they were trained.');
    const compatibility = { tolerance: 0.02, representations: [] };
    expect(cardOf('@scope/ckn', { ...common, compatibility })).not.toContain('stands in for');
  });

  it('quotes a range that a shell would take for something else', () => {
    const card = cardOf('@scope/shape', { ...factor, common: { ...factor.common, range: '>=1.2.0 <3' } });
    expect(card).toContain("@tensorflow/tfjs '@scope/ckn@>=1.2.0 <3' @scope/shape");
  });
});

describe('generateModelCard of maps and codes', () => {
  const write = (manifest: CommonManifest | FactorManifest) =>
    generateModelCard({
      name: '@scope/x',
      version: '1.0.0',
      manifest,
      description: 'It.',
      license: 'MIT',
    });

  it('names the maps that are offered, and none where there are none', () => {
    expect(write(common)).not.toContain('Maps');
    const maps = [
      { name: 'block-1', shape: [8, 8, 4] },
      { name: 'block-2', shape: [4, 4, 5] },
    ] as CommonManifest['maps'];
    expect(write({ ...common, maps })).toContain(
      'Features: `[batch, 16]`. Maps, which factors may read besides: `block-1` `[batch, 8, 8, 4]`, `block-2` `[batch, 4, 4, 5]`.',
    );
  });

  it('says what is read, and what the code tells at most', () => {
    expect(write(factor)).toContain(
      'It reads the picture, and makes a code of it: gaussian, 16 numbers, ships mean. Nothing bounds what',
    );
    const reads = [
      { from: 'block-2', shape: [4, 4, 5], backbone },
      ...factor.reads,
    ] as FactorManifest['reads'];
    const code = { type: 'categorical', length: 4, capacity: Math.log(4), settings: { scale: 5 } };
    expect(write({ ...factor, reads, code })).toContain(
      'It reads the map `block-2` and the picture, and makes a code of it: categorical, 4 numbers, scale 5. ' +
        'Whatever it is asked, such a code tells at most 1.39 nats (2.00 bits).',
    );
  });
});
