import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type CommonNetwork, disposeBrick, useBackend } from '@factornet/core';
import { integrityOf } from '@factornet/core/internal';
import { decodeProbes, probeLayout } from '@factornet/core/probes';
import { expectNoLeak } from '@factornet/core/testing';
import { type CommonPackage, IntegrityError } from '@factornet/spec';
import { VersionContradictedError } from '@factornet/spec/publishing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type PackedCommon, packCommon } from '../pack-common';
import { packFactor } from '../pack-factor';
import { probePictures } from '../probes/probe-pictures';
import { INPUT, SHAPE, scaledCommon, tinyCommon, tinyFactor } from '../testing';
import { measureVersion } from './measure-version';

const name = '@scope/ckn';
let folder: string;
let common: CommonNetwork;
/** Version 1.0.0 of `common`, with pictures of its own as probes. */
let published: PackedCommon;
const networks: CommonNetwork[] = [];

const at = (version: string) => ({ name, version, directory: join(folder, `ckn-${version}`) });
const scaled = async (from: CommonNetwork, factor: number) => {
  const network = await scaledCommon(from, factor);
  networks.push(network);
  return network;
};

beforeAll(async () => {
  await useBackend('cpu');
  folder = await mkdtemp(join(tmpdir(), 'factornet-measure-version-'));
  common = await tinyCommon();
  networks.push(common);
  const probes = probePictures(INPUT, 11).slice(8 * 32 * 32 * 3);
  published = await packCommon(common, { ...at('1.0.0'), probes });
});
afterAll(async () => {
  for (const network of networks) disposeBrick(network);
  await rm(folder, { recursive: true, force: true });
});

describe('measureVersion', () => {
  it('calls the same representation a patch', async () => {
    expect(await measureVersion(common, published)).toEqual({
      previous: { name, version: '1.0.0' },
      measured: 'patch',
      drift: 0,
      accumulatedDrift: 0,
      tolerance: 0.02,
      version: '1.0.1',
      lineage: [],
    });
  });

  it.each([
    [1.01, 'minor', '1.1.0'],
    [1.019, 'minor', '1.1.0'],
    [1.021, 'major', '2.0.0'],
    [1.5, 'major', '2.0.0'],
  ] as const)('calls features times %s a %s release', async (factor, measured, version) => {
    const measurement = await measureVersion(await scaled(common, factor), published);
    expect(measurement).toMatchObject({ measured, version, tolerance: 0.02 });
    expect(measurement.drift).toBeCloseTo(factor - 1, 5);
  });

  it('measures what would be published', async () => {
    const measurement = await measureVersion(common, published, { dtype: 'float16' });
    expect(measurement).toMatchObject({ measured: 'minor', version: '1.1.0' });
    expect(measurement.lineage).toEqual([
      {
        representation: common.description.representation,
        version: '1.0.0',
        drift: measurement.drift,
      },
    ]);
    expect(measurement.drift).toBeGreaterThan(0);
    expect(measurement.drift).toBeLessThan(0.002);
  });

  it('calls another input a major release, whose drift is infinite', async () => {
    const normalization = { mean: [0.5, 0.5, 0.5], standardDeviation: [0.2, 0.3, 0.4] };
    const other = { ...common, description: { ...common.description, input: { ...INPUT, normalization } } };
    expect(await measureVersion(other, published)).toMatchObject({
      measured: 'major',
      drift: Number.POSITIVE_INFINITY,
      version: '2.0.0',
    });
  });

  it('calls the same representation no drift, though another backend rounds its features otherwise', async () => {
    await useBackend('wasm');
    try {
      expect(await measureVersion(common, published)).toMatchObject({ measured: 'patch', drift: 0 });
    } finally {
      await useBackend('cpu');
    }
  });

  it('reads a package wherever its files lie, and checks them', async () => {
    const { manifest, version } = published;
    const files = (directory: string) => ({
      'probes.bin': pathToFileURL(join(directory, 'probes.bin')),
    });
    const installed: CommonPackage = { name, version, manifest, files: files(published.directory) };
    expect(await measureVersion(await scaled(common, 1.01), installed)).toMatchObject({ measured: 'minor' });
    await writeFile(join(folder, 'probes.bin'), new Uint8Array(manifest.probes.file.bytes));
    await expect(measureVersion(common, { ...installed, files: files(folder) })).rejects.toSatisfy(
      IntegrityError.isInstance,
    );
  });

  it('leaves no tensor behind', async () => {
    await expectNoLeak(() => measureVersion(common, published, { dtype: 'float16' }));
  });
});

describe('packCommon with the release before', () => {
  it('refuses a version that contradicts the measurement, and says both numbers', async () => {
    const moved = await scaled(common, 1.1);
    const packing = packCommon(moved, { ...at('1.1.0'), previous: published });
    await expect(packing).rejects.toSatisfy(VersionContradictedError.isInstance);
    await expect(packing).rejects.toThrow(
      '@scope/ckn@1.1.0 would be a minor release of @scope/ckn@1.0.0, but the features say major: ' +
        'they drifted by 0.100, and factors go on working up to 0.02.\n' +
        'The version that says what was measured is 2.0.0.',
    );
  });

  it.each(['1.1.0', '2.0.0'])('refuses %s for the same representation, too', async (version) => {
    await expect(packCommon(common, { ...at(version), previous: published })).rejects.toMatchObject({
      measured: 'patch',
      drift: 0,
    });
  });

  it('refuses what is no successor, and another package', async () => {
    await expect(packCommon(common, { ...at('1.0.0'), previous: published })).rejects.toThrow(
      'version must be a successor of the published 1.0.0, but is "1.0.0".',
    );
    const other = { ...at('1.0.1'), name: '@scope/other', previous: published };
    await expect(packCommon(common, other)).rejects.toThrow(
      'previous must be a release of @scope/other, but is "@scope/ckn@1.0.0".',
    );
    await expect(packCommon(common, at('auto'))).rejects.toThrow('version must be a semantic version');
  });

  it('carries pictures, tolerance and lineage forward, release by release', async () => {
    const digest = (network: CommonNetwork) => network.description.representation;
    const [second, third] = [await scaled(common, 1.008), await scaled(common, 1.008 * 1.008)];
    const minor = await packCommon(second, { ...at('auto'), previous: published });
    expect(minor).toMatchObject({ version: '1.1.0', measured: { measured: 'minor', version: '1.1.0' } });
    const next = await packCommon(third, { ...at('1.2.0'), previous: minor });
    expect(next.manifest.compatibility).toEqual({
      tolerance: 0.02,
      representations: [
        { representation: digest(second), version: '1.1.0', drift: expect.closeTo(0.008, 5) },
        // Added up, in the knowledge of nothing but 1.1.0: 0.008·1.008 + 0.008, which here is the drift itself.
        { representation: digest(common), version: '1.0.0', drift: expect.closeTo(0.016064, 5) },
      ],
    });
    const file = new Uint8Array(await readFile(join(next.directory, 'probes.bin')));
    const { pictures, count } = decodeProbes(file, probeLayout(next.manifest), 'probes.bin');
    expect(count).toBe(3);
    expect(await integrityOf(pictures)).toBe(
      await integrityOf(probePictures(INPUT, 11).slice(8 * 32 * 32 * 3)),
    );

    // A third small step adds up beyond the tolerance.
    const fourth = await scaled(third, 1.008);
    const last = await packCommon(fourth, { ...at('auto'), previous: next });
    expect(last.version).toBe('2.0.0');
    expect(last.measured).toMatchObject({ measured: 'major', drift: expect.closeTo(0.008, 5) });
    expect(last.manifest.compatibility.representations).toEqual([]);
    await expect(packCommon(fourth, { ...at('1.3.0'), previous: next })).rejects.toThrow(
      'they drifted by 0.0242, and factors go on working up to 0.02.',
    );
  });

  it('lets only a major release change the tolerance or the pictures', async () => {
    const options = { ...at('auto'), previous: published };
    const pictures = probePictures(INPUT, 2);
    await expect(packCommon(common, { ...options, tolerance: 0.05 })).rejects.toThrow(
      'tolerance must be 0.02, as @scope/ckn@1.0.0 states it, but is 0.05.\n' +
        'This is a patch release of @scope/ckn@1.0.0; only a major release may change it.',
    );
    await expect(packCommon(common, { ...options, probes: pictures })).rejects.toThrow(
      'probes must be left out: the pictures of @scope/ckn@1.0.0 are carried forward',
    );
    const moved = await scaled(common, 1.1);
    const { manifest, version } = await packCommon(moved, { ...options, tolerance: 0.05, probes: pictures });
    expect(version).toBe('2.0.0');
    expect(manifest.probes.count).toBe(2);
    expect(manifest.compatibility.tolerance).toBe(0.05);
  });

  it('takes factors of every feature space that it stands in for, and tells npm since when', async () => {
    const moved = await scaled(common, 1.01);
    const minor = await packCommon(moved, { ...at('auto'), dtype: 'float16', previous: published });
    expect(minor.version).toBe('1.1.0');
    const rangeOf = async (network: CommonNetwork) => {
      const factor = tinyFactor(network, SHAPE);
      const shape = { name: '@scope/shape', version: '1.0.0', directory: join(folder, 'shape') };
      const packing = packFactor(factor, { ...shape, common: minor });
      const { manifest } = await packing.finally(() => disposeBrick(factor));
      return manifest.common.range;
    };
    expect(await rangeOf(common)).toBe('^1.0.0');
    // Version 1.0.0 knows nothing of features that came later: npm can tell.
    expect(await rangeOf(moved)).toBe('^1.1.0');
    await expect(rangeOf(await scaled(common, 1.011))).rejects.toThrow('representation');
  });
});
