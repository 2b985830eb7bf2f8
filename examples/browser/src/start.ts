// Packages from npm in a page built by Vite and one by webpack; golden probes on every backend of the browser.
//   pnpm --filter @factornet/example-browser start [--keep]
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { useBackend } from '@factornet/core';
import { randomStream } from '@factornet/core/training';
import { packUntrained } from '@factornet/example-pipeline/pack-untrained';
import { createBrowserProject } from './browser-project';
import { checkProbesInPage } from './check-probes';
import { chromiumPath, launchChromium, noChromium } from './launch-chromium';
import { probedNetworks, quickstartNetworks } from './networks';
import { runPage } from './run-page';
import { trainedTarballs } from './trained-tarballs';

const { keep } = parseArgs({ options: { keep: { type: 'boolean', default: false } } }).values;
const say = (line: string) => process.stdout.write(`${line}\n`);

await useBackend('wasm');
const folder = await mkdtemp(join(tmpdir(), 'factornet-browser-'));
const untrained = await packUntrained(quickstartNetworks, join(folder, 'quickstart'));
const trained = await trainedTarballs();
say(
  trained === undefined
    ? '1. Packages of the quickstart’s networks, untrained: run the quickstart first, and the answers mean something'
    : '1. Packages that the quickstart made',
);
say('2. A project outside of the workspace, everything installed with npm');
const project = await createBrowserProject(trained ?? untrained.map(({ tarball }) => tarball), {
  show: true,
});
try {
  const stream = randomStream(1, 'pictures');
  const pictures = Array.from({ length: 2 * 32 * 32 * 3 }, () => stream.uniform());
  const inNode = JSON.stringify(await project.runInNode(pictures));
  say(`3. The composition in Node: ${inNode.slice(0, 72)}…`);
  const sites = { Vite: await project.buildWithVite('vite'), webpack: await project.buildWithWebpack() };
  if (chromiumPath === undefined) say(noChromium);
  else await inChromium(sites, inNode, pictures);
} finally {
  await rm(folder, { recursive: true, force: true });
  if (keep) say(`The project is in ${project.directory}: npx vite vite, for one, serves its page.`);
  else await project.remove();
}

async function inChromium(sites: Record<string, string>, inNode: string, pictures: readonly number[]) {
  const browser = await launchChromium();
  try {
    for (const [name, site] of Object.entries(sites)) {
      const { all, text, delivered } = await runPage(browser, site, pictures);
      say(`4. The page built by ${name} says of a picture that it draws:`);
      say(text.replaceAll(/^/gm, '   '));
      say(`   Logits equal to Node’s: ${JSON.stringify(all) === inNode ? 'yes, to the last bit' : 'no'}`);
      say('   Model files loaded, for two compositions with six factors:');
      for (const path of delivered.filter((each) => /\.(bin|json)$/.test(each))) say(`     ${path}`);
    }
    say('5. Golden probes, the largest deviation on each backend (tolerance of the package):');
    const folders = untrained.map(({ directory }) => directory);
    for (const networks of probedNetworks) {
      const packed = await packUntrained(networks, join(folder, networks.scope.slice(1)));
      folders.push(...packed.map(({ directory }) => directory));
    }
    await project.installWebgpu();
    const rows = await checkProbesInPage(browser, await project.buildWithVite('probes'), folders);
    for (const row of rows) {
      const [deviation, tolerance] = [row.deviation, row.tolerance].map((value) => value.toExponential(1));
      say(`   ${row.package.padEnd(28)} ${row.backend.padEnd(7)} ${deviation} (${tolerance})`);
    }
  } finally {
    await browser.close();
  }
}
