// What a page loads of ours, and what the quickstart's packages weigh; fails if the first is too much.
//   pnpm size [--json]
import { parseArgs } from 'node:util';
import { useBackend } from '@factornet/core';
import { bundledRooms, bundleLimit, measureBundle, pageImports } from './bundle-size';
import { measurePackages } from './quickstart-packages';

const { json } = parseArgs({ options: { json: { type: 'boolean', default: false } } }).values;
await useBackend('wasm');
const bundle = await measureBundle();
const page = await measureBundle(pageImports);
const packages = { float32: await measurePackages('float32'), float16: await measurePackages('float16') };

if (json) process.stdout.write(`${JSON.stringify({ bundle, page, limit: bundleLimit, packages })}\n`);
else process.stdout.write(`${render()}\n`);
if (bundle.gzipped > bundleLimit) {
  process.stderr.write(`${bundle.gzipped} bytes gzipped are more than the ${bundleLimit} allowed.\n`);
  process.exitCode = 1;
}

function render(): string {
  const { minified, gzipped, groups } = bundle;
  const number = (value: number) => value.toLocaleString('en').padStart(9);
  const rooms = bundledRooms.map((room) => `@factornet/${room}`).join(' + ');
  const sum = (sizes: readonly { bytes: number; unpackedBytes: number }[]) => ({
    name: 'together',
    bytes: sizes.reduce((total, { bytes }) => total + bytes, 0),
    unpackedBytes: sizes.reduce((total, { unpackedBytes }) => total + unpackedBytes, 0),
  });
  return [
    `${rooms}, every export, without TensorFlow.js:`,
    `${number(gzipped)}  bytes minified and gzipped, of ${bundleLimit.toLocaleString('en')} allowed`,
    `${number(page.gzipped)}  of a page that imports assemble and useBackend alone`,
    `${number(minified)}  bytes minified, of which`,
    ...Object.entries(groups).map(([group, bytes]) => `${number(bytes)}    ${group}`),
    '',
    'Packages of the quickstart’s networks, untrained, since file sizes do not depend on training:',
    '  tarball  installed  bytes',
    ...Object.entries(packages).flatMap(([dtype, sizes]) => [
      `                      ${dtype}`,
      ...[...sizes, sum(sizes)].map(
        ({ name, bytes, unpackedBytes }) => `${number(bytes)}  ${number(unpackedBytes)}    ${name}`,
      ),
    ]),
  ].join('\n');
}
