import { cp, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { disposeBrick, useBackend } from '@factornet/core';
import { integrityOf } from '@factornet/core/internal';
import { expectNoLeak } from '@factornet/core/testing';
import { packCommon, packFactor } from '@factornet/packer';
import { HUE, scaledCommon, tinyFactor } from '@factornet/packer/testing';
import { IntegrityError, MissingFileError, ProbeMismatchError } from '@factornet/spec';
import { memory } from '@tensorflow/tfjs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { assemble } from '../assembly/assemble';
import type { Assembly } from '../assembly/assembly';
import { type PackedNetworks, packNetworks } from '../testing/packed-networks';
import { goldenProbes } from './golden-probes';

let networks: PackedNetworks;
const verify = goldenProbes;
beforeAll(async () => {
  await useBackend('cpu');
  networks = await packNetworks();
});
afterAll(() => networks.remove());

type Manifest = Record<string, { weights: { path: string; bytes: number; integrity: string } }>;

/** A copy of a package one of whose float32 weight files was changed, with digests to match: only probes tell. */
async function retrained(
  folder: string,
  model: string,
  change: (weights: Float32Array) => void,
): Promise<string> {
  const directory = `${folder}-retrained`;
  await rm(directory, { recursive: true, force: true });
  await cp(folder, directory, { recursive: true });
  const description = JSON.parse(await readFile(join(directory, 'package.json'), 'utf8'));
  const { weights } = (description.factornet as Manifest)[model] as Manifest[string];
  const bytes = new Uint8Array(await readFile(join(directory, weights.path)));
  change(new Float32Array(bytes.buffer));
  await writeFile(join(directory, weights.path), bytes);
  weights.integrity = await integrityOf(bytes);
  await writeFile(join(directory, 'package.json'), JSON.stringify(description));
  return directory;
}

async function failure(attempt: Promise<unknown>): Promise<Error> {
  const error = await attempt.catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(Error);
  return error as Error;
}

const shift = (weights: Float32Array) => {
  weights.forEach((value, index) => {
    weights[index] = value + 0.05;
  });
};

describe('assemble with verify', () => {
  it.each(['cpu', 'wasm'] as const)(
    'takes networks that give what is expected of them, on %s',
    async (backend) => {
      await useBackend(backend);
      await expectNoLeak(async () => {
        const network: Assembly = await assemble(networks.ckn, [networks.shapeFolder], { verify });
        await network.add(networks.hueFolder);
        network.dispose();
      });
      await useBackend('cpu');
    },
  );

  it('takes networks in memory as they are', async () => {
    const network = await assemble(networks.common, [networks.hue, networks.shapeFolder], { verify });
    network.dispose();
  });

  it.each([
    ['a common-knowledge network', 'model', 'features', '@scope/ckn@1.0.0'],
    ['a task-specific network', 'specific', 'logits', '@scope/shape@1.0.0'],
    ['a head', 'head', 'logits', '@scope/shape@1.0.0'],
  ] as const)('refuses %s with other weights, and releases everything', async (_, model, what, source) => {
    const changed = await retrained(model === 'model' ? networks.ckn : networks.shapeFolder, model, shift);
    const [ckn, shape] = model === 'model' ? [changed, networks.shapeFolder] : [networks.ckn, changed];
    // Digests are right, and nothing else tells.
    (await assemble(ckn, [shape])).dispose();
    const before = memory().numTensors;
    const error = await failure(assemble(ckn, [shape], { verify }));
    expect(ProbeMismatchError.isInstance(error)).toBe(true);
    expect(error).toMatchObject({ source, what, backend: 'cpu', tolerance: 1e-4 });
    expect(error.message).toContain("Try another backend, e.g. useBackend('cpu')");
    expect(memory().numTensors).toBe(before);
  });

  it('holds a factor that is added to the same', async () => {
    const changed = await retrained(networks.shapeFolder, 'head', shift);
    const network: Assembly = await assemble(networks.ckn, [networks.hueFolder], { verify });
    const before = memory().numTensors;
    expect(ProbeMismatchError.isInstance(await failure(network.add(changed)))).toBe(true);
    expect(memory().numTensors).toBe(before);
    expect(network.tasks).toEqual(['object-hue']);
    network.dispose();
  });

  it('refuses damaged and missing probes, which nothing else reads', async () => {
    const directory = join(networks.folder, 'damaged');
    await cp(networks.shapeFolder, directory, { recursive: true });
    const path = join(directory, 'probes.bin');
    const bytes = await readFile(path);
    await writeFile(path, new Uint8Array(bytes.length));
    (await assemble(networks.ckn, [directory])).dispose();
    expect(IntegrityError.isInstance(await failure(assemble(networks.ckn, [directory], { verify })))).toBe(
      true,
    );
    await rm(path);
    expect(MissingFileError.isInstance(await failure(assemble(networks.ckn, [directory], { verify })))).toBe(
      true,
    );
  });
});

describe('assemble with verify, where a network stands in for another', () => {
  /** A release whose features are those of the original times `1 + drift`, and that claims to stand in for it. */
  async function release(drift: number): Promise<string> {
    const common = await scaledCommon(networks.common, 1 + drift);
    const { directory } = await packCommon(common, {
      name: '@scope/ckn',
      version: '1.1.0',
      directory: join(networks.folder, `drifted-${drift}`),
    });
    disposeBrick(common);
    const path = join(directory, 'package.json');
    const description = JSON.parse(await readFile(path, 'utf8'));
    const { representation } = networks.common.description;
    description.factornet.compatibility.representations = [
      { representation, version: '1.0.0', drift: 0.001 },
    ];
    await writeFile(path, JSON.stringify(description));
    return directory;
  }

  it('takes features that drifted as far as factors bear', async () => {
    (await assemble(await release(0.01), [networks.shapeFolder], { verify })).dispose();
  });

  it('refuses features that drifted further, whatever its manifest says', async () => {
    const far = await release(0.2);
    (await assemble(far, [networks.shapeFolder])).dispose();
    const error = await failure(assemble(far, [networks.shapeFolder], { verify }));
    expect(ProbeMismatchError.isInstance(error)).toBe(true);
    expect(error.message).toContain(
      '@scope/ckn@1.1.0, as @scope/shape@1.0.0 knows it, does not pass its golden probes on cpu: its features deviate by 0.200, tolerated is 0.04',
    );
  });

  it('takes a factor that was packed with the later release', async () => {
    const directory = await release(0.01);
    const description = JSON.parse(await readFile(join(directory, 'package.json'), 'utf8'));
    const hue = tinyFactor(networks.common, HUE, 5);
    const packed = await packFactor(hue, {
      name: '@scope/hue',
      version: '1.0.0',
      directory: join(networks.folder, 'hue-of-later'),
      common: { name: '@scope/ckn', version: '1.1.0', manifest: description.factornet, directory },
    });
    (await assemble(directory, [packed.directory], { verify })).dispose();
    (await assemble(networks.ckn, [], { verify })).dispose();
    disposeBrick(hue);
  });
});
