import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { disposeBrick, useBackend } from '@factornet/core';
import { typeErrors } from '@factornet/core/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { packCommon } from './pack-common';
import { packFactor } from './pack-factor';
import { SHAPE, tinyCommon, tinyFactor } from './testing';

let folder: string;

beforeAll(async () => {
  await useBackend('cpu');
  folder = await mkdtemp(join(tmpdir(), 'factornet-declarations-'));
  const common = await tinyCommon();
  const factor = tinyFactor(common, {
    ...SHAPE,
    labelSpace: { name: 'things', classes: ['circle', 'dog "Rex"', 'square', 'star'], indices: [0, 2, 3] },
  });
  const ckn = await packCommon(common, {
    name: '@scope/ckn',
    version: '1.2.3',
    directory: join(folder, 'ckn'),
    dtype: 'float16',
  });
  await packFactor(factor, {
    name: '@scope/shape',
    version: '1.0.0',
    directory: join(folder, 'shape'),
    common: ckn,
    dtype: 'uint8',
    measureAccuracy: async () => ({ before: 0.9, after: 0.9, examples: 10, data: 'shapes' }),
  });
  disposeBrick(common);
  disposeBrick(factor);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

describe('generateDeclarations', () => {
  it('gives literal types that fit the package types of spec', async () => {
    const consumer = `import type { CommonPackage, FactorPackage, FactorReport } from '@factornet/spec';
import ckn from './ckn/index.js';
import shape from './shape/index.js';
export const common: CommonPackage = ckn;
export const factor: FactorPackage = shape;
export const name: 'shape' = shape.manifest.task.name;
export const classes: readonly ['circle', 'square', 'star'] = shape.manifest.task.classes;
export const range: '^1.0.0' = shape.manifest.common.range;
export const commonName: '@scope/ckn' = shape.manifest.common.name;
export const version: '1.2.3' = ckn.version;
export const features: 16 = ckn.manifest.features.shape[0];
export const weights: URL = ckn.files['common.weights.bin'];
export const drifts: readonly number[] = ckn.manifest.compatibility.representations.map(({ drift }) => drift);
export const narrowed: 'float16' | 'uint8' | undefined = shape.manifest.narrowing?.dtype;
export const accuracy: number | undefined = shape.manifest.narrowing?.accuracy?.after;
export const scale: number | undefined = shape.manifest.logitScale;
export const probed: number = shape.manifest.probes.count + ckn.manifest.probes.tolerance.webgpu;
export const operations: number = ckn.manifest.multiplyAdds;
export const probes: URL = shape.files['probes.bin'];
export const reported: (field: keyof FactorReport) => keyof typeof shape.manifest.report = (field) => field;
export const notAClass: 'circle' | 'square' = shape.manifest.task.classes[2];
export const notAFactor: FactorPackage = ckn;
export const notAFile: URL = ckn.files['weights.bin'];
`;
    await writeFile(join(folder, 'consumer.ts'), consumer);
    const files = ['ckn/index.d.ts', 'shape/index.d.ts', 'consumer.ts'];
    const errors = await typeErrors(folder, files, { skipLibCheck: false });
    expect(errors['ckn/index.d.ts']).toEqual([]);
    expect(errors['shape/index.d.ts']).toEqual([]);
    expect(errors['consumer.ts']).toEqual([
      expect.stringMatching(/^21: Type '"star"' is not assignable to type/),
      expect.stringMatching(/^22: Type .* is not assignable to type 'FactorPackage'\./),
      expect.stringMatching(/^23: .*'weights\.bin'/),
    ]);
  });
});
