import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Code, disposeBrick, knownCodes, useBackend } from '@factornet/core';
import { packCommon, packFactor } from '@factornet/packer';
import { commonWithMaps, readingFactor, SHAPE } from '@factornet/packer/testing';
import type { Tensor2D } from '@tensorflow/tfjs';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { verifyPackage } from '../verify-package';

/** A stranger's code of numbers rounded to a multiple of `step`, which says that it has four values. */
const rounded = ({ step = 4 }: { step?: number } = {}): Code => ({
  type: 'rounded',
  settings: { step },
  outputLengths: (length) => [length],
  shippedOutputs: 1,
  capacity: () => Math.log(4),
  ship: ([output]) => (output as Tensor2D).div(step).round().mul(step),
});

let folder: string;
beforeAll(async () => {
  await useBackend('cpu');
  folder = await mkdtemp(join(tmpdir(), 'factornet-capacity-'));
});
afterAll(() => rm(folder, { recursive: true }));

it('refuses a code that tells more than it says, and takes one that keeps to it', async () => {
  const common = await commonWithMaps();
  const at = (name: string) => ({ name: `@scope/${name}`, version: '1.0.0', directory: join(folder, name) });
  const ckn = await packCommon(common, at('ckn'));
  const codes = [...knownCodes, { type: 'rounded', create: rounded }];
  // Steps this fine leave numbers as they are; the coarse ones leave zeros.
  for (const [name, step, passed] of [
    ['honest', 1e6, true],
    ['lying', 1e-3, false],
  ] as const) {
    const factor = readingFactor(common, SHAPE, ['block-1', 'picture'], { code: rounded({ step }) });
    const { directory } = await packFactor(factor, { ...at(name), common: ckn });
    const report = await verifyPackage(directory, { codes });
    expect(report.passed).toBe(passed);
    const found = report.checks.find(({ check }) => check === 'capacity');
    expect(found?.status).toBe(passed ? 'passed' : 'failed');
    expect(found?.detail).toMatch(
      passed
        ? /^rounded, 3 numbers: 1\.39 nats, 1 of 4 codes for 12 pictures$/
        : /it ships \d+ different codes for 12 pictures, and its capacity of 1\.386\d+ nats allows 4/,
    );
    expect((await verifyPackage(directory)).error?.message).toContain('found "rounded"');
    disposeBrick(factor);
  }
  disposeBrick(common);
});
