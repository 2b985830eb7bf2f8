import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { useBackend } from '@factornet/core';
import { integrityOf } from '@factornet/core/internal';
import { randomStream } from '@factornet/core/training';
import { type PackedFolder, packUntrained } from '@factornet/example-pipeline/pack-untrained';
import { teacherDirectory } from '@factornet/example-quickstart/settings';
import { readTeacher } from '@factornet/factorizer/node';
import type { CommonManifest } from '@factornet/spec';
import { isClassification } from '@factornet/spec/training';
import { type Tensor2D, type Tensor4D, tensor4d, tidy } from '@tensorflow/tfjs';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type BrowserProject, createBrowserProject } from './src/browser-project';
import { checkProbesInPage, probedBackends } from './src/check-probes';
import { chromiumPath, launchChromium, noChromium } from './src/launch-chromium';
import { probedNetworks, quickstartNetworks } from './src/networks';
import { runPage } from './src/run-page';
import { isolating, serveFolder } from './src/serve-folder';

declare global {
  /** Of `page/main.js`. */
  var drawnPictures: (count: number) => Promise<{ truth: Record<string, string>; pixels: number[] }[]>;
  /** Of `probes/main.js`. */
  var tryBackend: (name: string, options?: object) => Promise<{ name: string; message?: string }>;
}

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

    it('draws pictures of which a network that knows such pictures says what they hold', async () => {
      const served = await serveFolder(join(project.directory, 'vite', 'dist'));
      const page = await browser.newPage();
      await page.goto(served.url);
      await page.waitForFunction(() => 'drawnPictures' in globalThis);
      const drawn = await page.evaluate(() => drawnPictures(80));
      await page.close();
      served.close();
      const images = tidy(
        () =>
          tensor4d(
            drawn.flatMap(({ pixels }) => pixels),
            [80, 32, 32, 3],
          ).div(255) as Tensor4D,
      );
      const { teacher } = await readTeacher(teacherDirectory);
      const { logits } = await teacher.evaluate(images);
      for (const { name, classes } of teacher.tasks.filter(isClassification)) {
        const likeliest = await (logits[name] as Tensor2D).argMax(1).data();
        const right = drawn.filter(({ truth }, index) => truth[name] === classes[likeliest[index] as number]);
        expect(right.length, name).toBeGreaterThanOrEqual(74);
      }
      teacher.dispose();
    });

    it('a minified page that is cross-origin isolated gets ready, on one thread', async () => {
      const site = join(project.directory, 'vite', 'dist');
      const { backend, all } = await runPage(browser, site, pictures, isolating);
      expect(backend).toBe('wasm');
      expect(all).toEqual(inNode);
    });

    it('golden probes agree on the CPU, WASM and software WebGPU, within what each package allows', async () => {
      await project.installWebgpu();
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

    /** What becomes of `useBackend` in the page of probes. */
    async function becomesOf(
      asked: [string, object?],
      { headers = {}, wasm }: { headers?: Record<string, string>; wasm?: { status?: number; body: string } },
    ) {
      const served = await serveFolder(join(project.directory, 'probes', 'dist'), headers);
      const page = await browser.newPage();
      const errors: string[] = [];
      page.on('pageerror', (error) => errors.push(String(error)));
      if (wasm !== undefined)
        await page.route('**/*.wasm', (route) => route.fulfill({ contentType: 'text/html', ...wasm }));
      try {
        await page.goto(served.url);
        await page.waitForFunction(() => 'tryBackend' in globalThis);
        const result = await page.evaluate((values) => tryBackend(...values), asked);
        return { ...result, errors, url: served.url };
      } finally {
        await page.close();
        served.close();
      }
    }

    it('starts no thread where none is asked for', async () => {
      const { name, errors } = await becomesOf(['wasm', { threads: false }], { headers: isolating });
      expect({ name, errors }).toEqual({ name: 'wasm', errors: [] });
    });

    it.each([
      ['is not there', { status: 404, body: '' }],
      ['is a page in its place', { status: 200, body: '<!doctype html>' }],
    ])('names the .wasm file that %s, and what to do', async (_, wasm) => {
      const { name, message, url } = await becomesOf(['wasm'], { wasm });
      expect(name).toBe('BackendUnavailableError');
      expect(message).toMatch(new RegExp(`from ${url}assets/[^ ]+\\.wasm: .*setWasmPaths`));
      expect(message).not.toContain('doctor');
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
