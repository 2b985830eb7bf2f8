import { cp, mkdir, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { useBackend } from '@factornet/core';
import { expectNoLeak } from '@factornet/core/testing';
import { IncompatibleCommonError, MissingFileError, RefusedPackageError } from '@factornet/spec';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Check, checks, type PackageReport } from './report';
import { inPackage } from './testing/damage';
import { type GoodPackages, packGoodPackages } from './testing/good-packages';
import { checkPackage, type VerifyOptions, verifyPackage } from './verify-package';

let good: GoodPackages;
let ckn: string;
let shape: string;
beforeAll(async () => {
  good = await packGoodPackages();
  [ckn, shape] = [join(good.folder, 'ckn'), join(good.folder, 'shape')];
});
afterAll(() => good.remove());

const statuses = ({ checks: found }: PackageReport) =>
  Object.fromEntries(found.map(({ check, status }) => [check, status]));
const detailOf = ({ checks: found }: PackageReport, wanted: Check) =>
  found.find(({ check }) => check === wanted)?.detail;

describe('verifyPackage', () => {
  it('passes a common-knowledge network by every check that concerns one', async () => {
    const report = await verifyPackage(ckn);
    expect(report).toMatchObject({
      directory: ckn,
      name: '@scope/ckn',
      version: '1.0.0',
      kind: 'common',
      backend: 'cpu',
      passed: true,
    });
    expect(report).not.toHaveProperty('error');
    expect(report.checks.map(({ check }) => check)).toEqual(Object.keys(checks));
    const { capacity, common, ...others } = statuses(report);
    expect([capacity, common]).toEqual(['skipped', 'skipped']);
    expect(new Set(Object.values(others))).toEqual(new Set(['passed']));
    expect(detailOf(report, 'shapes')).toBe('common: [32, 32, 3] → [16]');
    expect(detailOf(report, 'statements')).toMatch(/^4324 parameters, 16384 multiply–adds$/);
    expect(detailOf(report, 'probes')).toMatch(/^2 pictures on cpu: deviate by 0, tolerated is 0\.0001$/);
  });

  it('passes a factor, with the common-knowledge network that lies beside it', async () => {
    const report = await verifyPackage(shape);
    const { representation, ...others } = statuses(report);
    expect(representation).toBe('skipped');
    expect(new Set(Object.values(others))).toEqual(new Set(['passed']));
    expect(detailOf(report, 'common')).toMatch(/^@scope\/ckn@1\.0\.0: features deviate by 0, /);
    expect(detailOf(report, 'capacity')).toBe('gaussian, 16 numbers: nothing bounds what they tell');
  });

  it('passes a network that offers maps, and a factor that reads one, by its capacity', async () => {
    const [deep, hue] = [join(good.folder, 'deep'), join(good.folder, 'hue')];
    const offering = await verifyPackage(deep);
    expect(offering.error).toBeUndefined();
    expect(detailOf(offering, 'shapes')).toBe('common: [16, 16, 3] → [6], [8, 8, 4], [4, 4, 5]');
    const reading = await verifyPackage(hue);
    expect(reading.error).toBeUndefined();
    expect(detailOf(reading, 'shapes')).toBe('specific: [8, 8, 4], [16, 16, 3] → [4]; head: [10] → [4]');
    expect(detailOf(reading, 'common')).toMatch(/^@scope\/deep@1\.0\.0: features deviate by 0, /);
    expect(detailOf(reading, 'capacity')).toMatch(
      /^categorical, 4 numbers: 1\.39 nats, [234] of 4 codes for 12 pictures$/,
    );
    await expectNoLeak(() => verifyPackage(hue));
  });

  it('leaves nothing behind', async () => {
    await expectNoLeak(() => verifyPackage(ckn));
    await expectNoLeak(() => verifyPackage(shape));
  });

  it.each<[string, VerifyOptions, Partial<Record<Check, RegExp>>]>([
    ['no common-knowledge network', { common: false }, { common: /not asked for/ }],
    [
      'no probes',
      { probes: false },
      { probes: /not asked for/, capacity: /not asked for/, common: /not asked for/ },
    ],
  ])('asked for %s, skips what needs them', async (_what, options, skipped) => {
    const report = await verifyPackage(shape, options);
    expect(report.passed).toBe(true);
    for (const [check, reason] of Object.entries(skipped)) {
      expect(statuses(report)[check]).toBe('skipped');
      expect(detailOf(report, check as Check)).toMatch(reason);
    }
    expect(report.backend).toBe(options.probes === false ? undefined : 'cpu');
  });

  it('looks at nothing behind a check that failed, but at everything beside it', async () => {
    const folder = await good.copy('broken');
    await inPackage((json) => {
      json.version = '1.0.1';
      json.factornet.head.weights.integrity = `sha512-${'A'.repeat(86)}==`;
    })(join(folder, 'shape'));
    const report = await verifyPackage(join(folder, 'shape'));
    expect(statuses(report)).toMatchObject({
      manifest: 'passed',
      'generated-module': 'failed',
      files: 'failed',
      topology: 'skipped',
      common: 'skipped',
    });
    expect(detailOf(report, 'topology')).toBe('not looked at, because of generated-module');
    expect(report.error).toBe(report.checks.find(({ check }) => check === 'generated-module')?.error);
  });

  it('takes larger packages where it is told to', async () => {
    expect((await verifyPackage(ckn, { maxBytes: 10_000 })).error).toMatchObject({
      code: 'package-too-large',
      limit: 10_000,
    });
    expect((await verifyPackage(ckn, { maxBytes: 1e9 })).passed).toBe(true);
  });

  it('says where there is no package', async () => {
    const { error, passed } = await verifyPackage(join(good.folder, 'nowhere'));
    expect(passed).toBe(false);
    expect(MissingFileError.isInstance(error)).toBe(true);
  });
});

describe('the common-knowledge network of a factor', () => {
  it('is found where Node finds it, before any beside it, also where pnpm links it', async () => {
    const folder = await good.copy('installed');
    const store = join(folder, 'node_modules', '.pnpm', 'shape', 'node_modules', '@scope');
    await mkdir(store, { recursive: true });
    await mkdir(join(folder, 'project', 'node_modules', '@scope'), { recursive: true });
    await cp(shape, join(store, 'shape'), { recursive: true });
    await cp(ckn, join(store, 'ckn'), { recursive: true });
    await inPackage((json) => {
      json.version = '1.5.0';
    })(join(store, 'ckn'));
    const linked = join(folder, 'project', 'node_modules', '@scope', 'shape');
    await symlink(join(store, 'shape'), linked);
    expect(detailOf(await verifyPackage(linked), 'common')).toMatch(/^@scope\/ckn@1\.5\.0: features/);
  });

  it('is not taken from beside it if it does not fit, and its absence is no failure', async () => {
    const folder = await good.copy('other-major');
    await inPackage((json) => {
      json.version = '2.0.0';
    })(join(folder, 'ckn'));
    const report = await verifyPackage(join(folder, 'shape'));
    expect(report.passed).toBe(true);
    expect(detailOf(report, 'common')).toBe('@scope/ckn is not here');
    const named = await verifyPackage(join(folder, 'shape'), { common: join(folder, 'ckn') });
    expect(IncompatibleCommonError.isInstance(named.error)).toBe(true);
  });
});

describe.each(['float16', 'uint8'] as const)('packages of %s', (dtype) => {
  it('pass, though the factor was made with the network before it was narrowed', async () => {
    const packages = await packGoodPackages(dtype);
    for (const name of ['ckn', 'shape']) {
      const report = await verifyPackage(join(packages.folder, name));
      expect(report.error).toBeUndefined();
      if (name === 'shape') expect(detailOf(report, 'common')).toMatch(/tolerated is 0\.05$/);
    }
    await packages.remove();
  });
});

describe('checkPackage', () => {
  it('gives the report of a good package, and throws the first error of a bad one', async () => {
    expect((await checkPackage(shape, { common: ckn })).passed).toBe(true);
    const folder = await good.copy('with-scripts');
    await inPackage((json) => {
      json.scripts = { postinstall: 'x' };
    })(join(folder, 'ckn'));
    await expect(checkPackage(join(folder, 'ckn'))).rejects.toSatisfy(RefusedPackageError.isInstance);
  });
});

describe('on another backend', () => {
  it('probes of cpu pass on wasm', async () => {
    await useBackend('wasm');
    for (const directory of [ckn, shape]) {
      const report = await verifyPackage(directory);
      expect(report).toMatchObject({ passed: true, backend: 'wasm' });
    }
    await useBackend('cpu');
  });
});
