import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { disposeBrick, useBackend } from '@factornet/core';
import { packCommon, packFactor } from '@factornet/packer';
import { SHAPE, tinyCommon, tinyFactor } from '@factornet/packer/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { verifyPackage } from './verify-package';

let folder: string;
beforeAll(async () => {
  await useBackend('cpu');
  folder = await mkdtemp(join(tmpdir(), 'factornet-verify-'));
  const common = await tinyCommon();
  const factor = tinyFactor(common, SHAPE);
  const ckn = await packCommon(common, {
    version: '1.0.0',
    name: '@scope/ckn',
    directory: join(folder, 'ckn'),
  });
  await packFactor(factor, {
    version: '1.0.0',
    name: '@scope/shape',
    directory: join(folder, 'shape'),
    common: ckn,
  });
  disposeBrick(common);
  disposeBrick(factor);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

describe('verifyPackage', () => {
  it('passes', async () => {
    for (const name of ['ckn', 'shape']) {
      const report = await verifyPackage(join(folder, name));
      expect(report.passed).toBe(true);
    }
  });
});
