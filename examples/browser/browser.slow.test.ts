import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { integrityOf, useBackend } from '@factornet/core';
import { randomStream } from '@factornet/core/training';
import { type PackedFolder, packUntrained } from '@factornet/example-pipeline/pack-untrained';
import type { CommonManifest } from '@factornet/spec';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type BrowserProject, createBrowserProject } from './src/browser-project';
import { checkProbesInPage, probedBackends } from './src/check-probes';
import { chromiumPath, launchChromium, noChromium } from './src/launch-chromium';
import { probedNetworks, quickstartNetworks } from './src/networks';
import { runPage } from './src/run-page';

if (chromiumPath === undefined) console.warn(noChromium);

const stream = randomStream(1, 'pictures');
/** Two pictures of noise. */
const pictures = Array.from({ length: 2 * 32 * 32 * 3 }, () => stream.uniform());

describe.skipIf(chromiumPath === undefined)(
  'in headless Chromium, from a project that has all of it from npm',
  () => {
    let folder: string;
    let packages: PackedFolder[];
    let probed: PackedFolder[];
    let project: BrowserProject;
    let browser: Browser;
    let inNode: Readonly<Record<string, readonly number[]>>;

    beforeAll(async () => {
      await useBackend('wasm');
      folder = await mkdtemp(join(tmpdir(), 'factornet-browser-'));
      packages = await packUntrained(quickstartNetworks, join(folder, 'quickstart'));
      probed = [...packages];
      for (const networks of probedNetworks) {
        probed.push(...(await packUntrained(networks, join(folder, networks.scope.slice(1)))));
      }
      project = await createBrowserProject(packages.map(({ tarball }) => tarball));
      inNode = await project.runInNode(pictures);
      browser = await launchChromium();
    });
    afterAll(async () => {
      await browser?.close();
      await project?.remove();
      await rm(folder, { recursive: true, force: true });
    });

    it.each([
      ['Vite', (site: BrowserProject) => site.buildWithVite('vite')],
      ['webpack', (site: BrowserProject) => site.buildWithWebpack()],
    ])(
      'a page built by %s says what Node says and loads the common-knowledge network once',
      async (_, build) => {
        const site = await build(project);
        const { backend, all, hues, text, asked, delivered, errors } = await runPage(browser, site, pictures);
        expect(errors).toEqual([]);
        expect(backend).toBe('wasm');
        expect(text.split('\n').map((line) => line.split(':')[0])).toEqual(Object.keys(inNode));
        expect(all).toEqual(inNode);
        const tasks = ['object-hue', 'background-hue'] as const;
        expect(hues).toEqual(Object.fromEntries(tasks.map((task) => [task, inNode[task]])));

        // Bundlers rename files, so they are told by what is in them.
        const fileOf = await digestsOf(site, [...asked, ...delivered]);
        const { model } = (await manifestOf(packages[0] as PackedFolder)) as CommonManifest;
        for (const file of [model.topology, model.weights]) {
          expect(asked.filter((path) => fileOf.get(path) === file.integrity)).toHaveLength(1);
          expect(delivered.filter((path) => fileOf.get(path) === file.integrity)).toHaveLength(1);
        }
        // Nor anything else twice, for six factors in two compositions.
        expect(delivered).toEqual([...new Set(delivered)]);
      },
    );

    it('golden probes agree on the CPU, WASM and software WebGPU, within what each package allows', async () => {
      const site = await project.buildWithVite('probes');
      const rows = await checkProbesInPage(
        browser,
        site,
        probed.map(({ directory }) => directory),
      );
      expect(rows).toHaveLength(probed.length * probedBackends.length);
      for (const row of rows) {
        expect(row.deviation, `${row.package} on ${row.backend}`).toBeLessThanOrEqual(row.tolerance);
      }
      // Another implementation rounds differently: equal values would mean that the backend was never changed.
      const deviations = (name: string) =>
        rows.filter(({ backend }) => backend === name).map((row) => row.deviation);
      expect(deviations('webgpu')).not.toEqual(deviations('wasm'));
      expect(deviations('cpu')).not.toEqual(deviations('wasm'));
    });
  },
);

async function manifestOf({ directory }: PackedFolder): Promise<unknown> {
  return JSON.parse(await readFile(join(directory, 'package.json'), 'utf8')).factornet;
}

/** Digest by path, of all files that a site has. */
async function digestsOf(site: string, paths: readonly string[]): Promise<Map<string, string>> {
  const digests = new Map<string, string>();
  for (const path of new Set(paths)) {
    const bytes = await readFile(join(site, path)).catch(() => undefined);
    if (bytes !== undefined) digests.set(path, await integrityOf(new Uint8Array(bytes)));
  }
  return digests;
}
