import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { expect, it } from 'vitest';
import { samples } from '../../packages/spec/src/errors/samples';

const root = fileURLToPath(new URL('../../', import.meta.url));

/** Every error of ours as a minified build has it. */
async function minified(): Promise<Record<string, new (fields: object) => Error>> {
  const rooms = ['spec', 'spec/lock', 'spec/publishing', 'spec/training', 'backend-wasm/workers'];
  const { outputFiles } = await build({
    stdin: {
      contents: rooms.map((room) => `export * from '@factornet/${room}';`).join('\n'),
      resolveDir: fileURLToPath(new URL('.', import.meta.url)),
    },
    absWorkingDir: root,
    conditions: ['@factornet/source'],
    bundle: true,
    write: false,
    minify: true,
    platform: 'browser',
    format: 'esm',
    target: 'es2022',
    plugins: [
      {
        // Nothing of it is needed to make an error.
        name: 'without-tensorflow',
        setup({ onResolve, onLoad }) {
          onResolve({ filter: /^@tensorflow\// }, ({ path }) => ({ path, namespace: 'none' }));
          onLoad({ filter: /.*/, namespace: 'none' }, () => ({
            contents: 'module.exports = {}',
            loader: 'js',
          }));
        },
      },
    ],
    logLevel: 'error',
  });
  const text = outputFiles[0]?.text ?? '';
  return import(`data:text/javascript;base64,${Buffer.from(text).toString('base64')}`);
}

it('every error keeps its name in a minified build', async () => {
  const bundle = await minified();
  const mine = { ...samples, ReplicaFailedError: { fields: { worker: 0, reason: 'fell' } } };
  const names = Object.entries(mine).map(([name, { fields }]) => {
    const ErrorClass = bundle[name] as new (fields: object) => Error;
    // What it would be taken from, if it were not written out.
    expect(ErrorClass.name).not.toBe(name);
    return [name, new ErrorClass(fields).name];
  });
  expect(names).toEqual(names.map(([name]) => [name, name]));
});
