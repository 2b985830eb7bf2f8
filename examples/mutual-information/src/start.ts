// Mutual information and metrics in a project that has nothing else of factornet: in Node, then in headless Chromium.
//   pnpm --filter @factornet/example-mutual-information start [--keep]
import { parseArgs } from 'node:util';
import { chromiumPath, launchChromium, noChromium } from '@factornet/example-browser/launch-chromium';
import { measureInPage } from './measure-in-page';
import type { Measured } from './measured';
import { createMeasuringProject } from './measuring-project';

const { keep } = parseArgs({ options: { keep: { type: 'boolean', default: false } } }).values;
const say = (line: string) => process.stdout.write(`${line}\n`);

function show({ information: { backend, truth, estimates }, metrics }: Measured): void {
  for (const [name, { value, standardError, warnings }] of Object.entries(estimates)) {
    const notes = warnings.length === 0 ? '' : ` (${warnings.join(', ')})`;
    say(`   ${name.padEnd(24)} ${value.toFixed(3)} ± ${standardError.toFixed(3)} nats${notes}`);
  }
  say(`   the truth is ${truth.toFixed(3)} nats; measured on ${backend}`);
  for (const [name, value] of Object.entries(metrics)) say(`   ${name.padEnd(24)} ${value.toFixed(3)}`);
}

say('1. A project outside of the workspace, with @factornet/mi and @factornet/metrics from npm');
const project = await createMeasuringProject({ show: true });
try {
  say(`   node_modules/@factornet: ${(await project.installed()).join(', ')}`);
  say('2. In Node');
  show(await project.runInNode('wasm'));
  const site = await project.buildPage();
  if (chromiumPath === undefined) say(noChromium);
  else {
    const browser = await launchChromium();
    try {
      say('3. In headless Chromium, from a page that Vite built');
      show((await measureInPage(browser, site)).shown);
    } finally {
      await browser.close();
    }
  }
} finally {
  if (keep) say(`The project is in ${project.directory}.`);
  else await project.remove();
}
