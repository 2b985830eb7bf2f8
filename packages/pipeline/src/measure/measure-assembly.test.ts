import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isCommonPackage, isFactorPackage } from '@factornet/assembler';
import { readPackage } from '@factornet/assembler/node';
import { add, disposeBrick, type Fusion, useBackend } from '@factornet/core';
import { labelFor, shapes } from '@factornet/data';
import { packCommon, packFactor } from '@factornet/packer';
import { tinyCommon, tinyFactor } from '@factornet/packer/testing';
import { InvalidManifestError } from '@factornet/spec';
import { expect, it } from 'vitest';
import { loadNetworks } from '../networks/networks';
import { measureAssembly } from './measure-assembly';

/** A fusion that is none of ours. */
const hadamard: Fusion = { ...add(), type: 'hadamard', fuse: (z, code) => z.mul(code) };

it('measures packages of a fusion that was handed in', async () => {
  await useBackend('cpu');
  const all = shapes({ size: 6, seed: 1 });
  const task = all.tasks.find(({ name }) => name === 'size') as (typeof all.tasks)[number];
  const folder = await mkdtemp(join(tmpdir(), 'factornet-measure-'));
  const common = await tinyCommon();
  const factor = tinyFactor(common, task, 10, hadamard);
  try {
    const at = (name: string) => ({
      name: `@scope/${name}`,
      version: '1.0.0',
      directory: join(folder, name),
    });
    const ckn = await packCommon(common, at('ckn'));
    const packed = await packFactor(factor, { ...at('size'), common: ckn });
    const found = await Promise.all([ckn, packed].map(({ directory }) => readPackage(directory)));
    const [trunk] = found.filter(isCommonPackage);
    if (trunk === undefined) throw new Error('nothing was packed');
    const sources = { common: trunk, factors: found.filter(isFactorPackage) };
    await expect(loadNetworks(sources)).rejects.toSatisfy(InvalidManifestError.isInstance);
    const networks = await loadNetworks(sources, { fusions: [hadamard] });
    const { assembly } = await measureAssembly({ networks, data: labelFor([task], all), seed: 1 });
    expect(assembly.maxAbsoluteDifference).toBeLessThan(1e-5);
    networks.dispose();
  } finally {
    for (const brick of [common, factor]) disposeBrick(brick);
    await rm(folder, { recursive: true });
  }
});
