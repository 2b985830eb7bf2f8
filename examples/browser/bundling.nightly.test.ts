import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { useBackend } from '@factornet/core';
import { install as installInto } from '@factornet/example-pipeline/install';
import { packUntrained } from '@factornet/example-pipeline/pack-untrained';
import { run, runToEnd } from '@factornet/example-pipeline/run';
import { packWorkspacePackages } from '@factornet/example-pipeline/workspace-tarballs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { probedNetworks } from './src/networks';

const page = '<!doctype html><script type="module" src="./main.js"></script>';

/** What the two READMEs' lines install, beside a bundler, and nothing that is optional. */
describe('a project that has only what a README says', () => {
  let folder: string;
  let knowledge: string[];
  const install = async (ours: readonly string[], others: readonly string[]) => {
    const tarballs = await packWorkspacePackages(ours, folder);
    await installInto(folder, [...tarballs, ...others]);
  };

  beforeAll(async () => {
    await useBackend('cpu');
    folder = await mkdtemp(join(tmpdir(), 'factornet-bundling-'));
    const [tiny] = probedNetworks;
    knowledge = (await packUntrained(tiny as (typeof probedNetworks)[0], folder)).map(
      ({ tarball }) => tarball,
    );
    await writeFile(
      join(folder, 'package.json'),
      '{ "name": "bundling", "private": true, "type": "module" }',
    );
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  it('plans with webpack, which warns of optional peers and refuses none', async () => {
    await install(
      ['spec', 'core', 'assembler'],
      [...knowledge, '@tensorflow/tfjs@4.22.0', 'webpack@5', 'webpack-cli@6'],
    );
    const plan = `import { planAssembly } from '@factornet/assembler';
import { useBackend } from '@factornet/core';
import common from '@tiny/common';
import shape from '@tiny/shape';
console.log(useBackend, planAssembly({ common, factors: [shape] }));`;
    await writeFile(join(folder, 'plan.js'), plan);
    // Not minified, which takes most of the time and hides no import.
    const flags = ['--mode', 'none', '--entry', './plan.js', '--stats', 'errors-warnings'];
    const { code, output } = await runToEnd(folder, 'npx', ['webpack', ...flags]);
    expect(output).not.toMatch(/ERROR/);
    expect(code).toBe(0);
    const missing = [...output.matchAll(/Can't resolve '([^']+)'/g)].map(([, name]) => name);
    expect(missing.sort()).toEqual([
      '@factornet/backend-wasm',
      '@tensorflow/tfjs-backend-wasm',
      '@tensorflow/tfjs-backend-webgpu',
    ]);
  });

  it('imports trainFactor with Vite, and carries no worker of Node along', async () => {
    const ours = ['spec', 'core', 'mi', 'metrics', 'zoo', 'data', 'factorizer', 'backend-wasm'];
    await install(ours, ['@tensorflow/tfjs-backend-wasm@4.22.0', 'vite@8']);
    await mkdir(join(folder, 'train'));
    await writeFile(join(folder, 'train', 'index.html'), page);
    const main = `import { trainFactor } from '@factornet/factorizer';\nglobalThis.trainFactor = trainFactor;`;
    await writeFile(join(folder, 'train', 'main.js'), main);
    await run(folder, 'npx', ['vite', 'build', 'train', '--minify', 'false']);
    const files = await readdir(join(folder, 'train', 'dist', 'assets'));
    expect(files.filter((file) => file.includes('replica-worker'))).toEqual([]);
  });
});
