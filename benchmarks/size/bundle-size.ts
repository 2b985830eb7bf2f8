import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { build, type Metafile } from 'esbuild';

/** What whoever only uses factors has in a page, TensorFlow.js aside. */
export const bundledRooms = ['spec', 'core', 'assembler'] as const;

/**
 * Bytes, minified and gzipped: 25 kB; 1 kB for a choice of fusions and of kinds of task; and 1.2 kB for what factors read
 * and for codes, which every page that loads a factor has to understand and to compute.
 */
export const bundleLimit = 27_200;

export interface BundleSize {
  /** Bytes of all of it, minified. */
  readonly minified: number;
  /** The same after `gzip -9`: what a page loads. */
  readonly gzipped: number;
  /** Minified bytes by where they come from, the largest first: `core/topology`, `valibot`, … */
  readonly groups: Readonly<Record<string, number>>;
  /** Names that the bundle exports. */
  readonly exports: readonly string[];
}

const everyExport = bundledRooms.map((room) => `export * from '@factornet/${room}';`).join('\n');

/** What a page that composes packages imports; bundlers leave out the rest. */
export const pageImports = `export { assemble } from '@factornet/assembler'; export { useBackend } from '@factornet/core';`;

/**
 * Bundles for browsers, minified; by default every export of the main entries. TensorFlow.js and the optional peers are
 * left out; other dependencies are in.
 *
 * @param contents a module that exports from the rooms
 */
export async function measureBundle(contents = everyExport): Promise<BundleSize> {
  const root = fileURLToPath(new URL('../../', import.meta.url));
  const { outputFiles, metafile } = await build({
    stdin: {
      contents,
      resolveDir: fileURLToPath(new URL('.', import.meta.url)),
    },
    absWorkingDir: root,
    conditions: ['@factornet/source'],
    bundle: true,
    write: false,
    metafile: true,
    minify: true,
    platform: 'browser',
    format: 'esm',
    target: 'es2022',
    external: ['@tensorflow/*', '@factornet/backend-wasm'],
    logLevel: 'error',
  });
  const [output] = Object.values(metafile.outputs) as [Metafile['outputs'][string]];
  const script = outputFiles[0]?.contents as Uint8Array;
  return {
    minified: script.length,
    gzipped: gzipSync(script, { level: 9 }).length,
    groups: groupBytes(output.inputs),
    exports: [...output.exports].sort(),
  };
}

function groupBytes(inputs: Metafile['outputs'][string]['inputs']): Record<string, number> {
  const bytes: Record<string, number> = {};
  for (const [path, { bytesInOutput }] of Object.entries(inputs)) {
    if (bytesInOutput > 0) bytes[groupOf(path)] = (bytes[groupOf(path)] ?? 0) + bytesInOutput;
  }
  return Object.fromEntries(Object.entries(bytes).sort(([, one], [, other]) => other - one));
}

/** `packages/core/src/topology/x.ts` is of `core/topology`; a dependency is a group of its own. */
function groupOf(path: string): string {
  const dependency = /^.*node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(path)?.[1];
  if (dependency !== undefined) return dependency;
  const [, room, folder] = /^packages\/([^/]+)\/src\/(?:(.+?)\/)?/.exec(path) ?? [];
  if (room === undefined) return path;
  return folder === undefined ? room : `${room}/${folder}`;
}
