import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { describe, expect, it } from 'vitest';

/** Everything that a browser bundle of one entry imports from outside this package. */
async function importsOf(entry: string): Promise<string[]> {
  const { metafile } = await build({
    entryPoints: [fileURLToPath(new URL(entry, import.meta.url))],
    bundle: true,
    format: 'esm',
    platform: 'browser',
    packages: 'external',
    metafile: true,
    write: false,
    logLevel: 'silent',
  });
  const outputs = Object.values(metafile.outputs);
  return [...new Set(outputs.flatMap(({ imports }) => imports.map(({ path }) => path)))].toSorted();
}

describe('the entries of this package', () => {
  it('index works in browsers: it imports nothing of Node, nor a test runner', async () => {
    expect(await importsOf('./index.ts')).toEqual([
      '@factornet/backend-wasm',
      '@factornet/spec',
      '@factornet/spec/heap',
      '@tensorflow/tfjs',
      '@tensorflow/tfjs-backend-wasm',
      '@tensorflow/tfjs-backend-webgpu',
    ]);
  });

  it('training works in browsers, too', async () => {
    expect((await importsOf('./training.ts')).filter((path) => /^node:|vitest/.test(path))).toEqual([]);
  });

  it('node is where the file system is used', async () => {
    const imports = await importsOf('./node.ts');
    expect(imports).toEqual(expect.arrayContaining(['node:fs', 'node:fs/promises']));
  });
});
