import { fork } from 'node:child_process';
import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, type Plugin } from 'esbuild';

/** One spec of TensorFlow.js's suites, as jasmine reports it. */
export interface SpecResult {
  name: string;
  status: 'passed' | 'failed' | 'pending' | 'excluded';
  messages: string[];
}

const here = fileURLToPath(new URL('.', import.meta.url));
const require = createRequire(import.meta.url);
const folderOf = (name: string, from = require) =>
  dirname(realpathSync(from.resolve(`${name}/package.json`)));
const tensorflow = folderOf('@tensorflow/tfjs');
const core = folderOf('@tensorflow/tfjs-core', createRequire(join(tensorflow, 'package.json')));

/**
 * The compiled suites that `@tensorflow/tfjs-core` ships (`dist/tests.js`), set up for the WASM backend as
 * TensorFlow.js does in tfjs-backend-wasm/src/setup_test.ts, our kernels included. Bundled, because their imports
 * (no extension, CommonJS and ES modules mixed) do not resolve in Node.
 */
const entry = `
import './jasmine-globals';
import { setTestEnvs } from '${core}/dist/jasmine_util';
import '${core}/dist/public/chained_ops/register_all_chained_ops';
import '${core}/dist/register_all_gradients';
import { setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
import '../index';
setWasmPaths('${folderOf('@tensorflow/tfjs-backend-wasm')}/wasm-out/');
setTestEnvs([{ name: 'wasm', backendName: 'wasm', isDataSync: true }]);
require('${core}/dist/tests');
jasmine.getEnv().execute().then(() => process.send(globalThis.specResults, () => process.exit(0)));
`;

/** One jasmine: tfjs-core asks jasmine 3 for a second core, only to set its time limit. */
const jasmine: Plugin = {
  name: 'jasmine',
  setup({ onResolve, onLoad }) {
    // The package's main file lists a folder on import, which a bundle does not have.
    const path = join(dirname(require.resolve('jasmine-core')), 'jasmine-core/jasmine.js');
    onResolve({ filter: /^jasmine-core$/ }, () => ({ path }));
    onResolve({ filter: /^jasmine-core\// }, () => ({ path: 'second', namespace: 'second-jasmine' }));
    onLoad({ filter: /.*/, namespace: 'second-jasmine' }, () => ({
      contents: 'module.exports = { core: () => ({}) };',
    }));
  },
};

/** Runs TensorFlow.js's own suites on the WASM backend with our kernels, in a process of its own. */
export async function runPublishedSuites(): Promise<SpecResult[]> {
  const folder = mkdtempSync(join(tmpdir(), 'factornet-published-'));
  try {
    const outfile = join(folder, 'suites.cjs');
    await build({
      stdin: { contents: entry, resolveDir: here, loader: 'js' },
      outfile,
      bundle: true,
      platform: 'node',
      format: 'cjs',
      mainFields: ['module', 'main'],
      // tfjs-core declares its test files free of side effects; they would be dropped.
      ignoreAnnotations: true,
      tsconfig: fileURLToPath(new URL('../../../../tsconfig.json', import.meta.url)),
      logLevel: 'error',
      logOverride: { 'direct-eval': 'silent' },
      plugins: [jasmine],
    });
    return await new Promise((resolve, reject) => {
      const suites = fork(outfile, { silent: true });
      let output = '';
      suites.stderr?.on('data', (chunk) => {
        output += chunk;
      });
      suites.on('message', (results) => resolve(results as SpecResult[]));
      suites.on('exit', (code) =>
        reject(new Error(`The suites ended with code ${code}. ${output.slice(-2000)}`)),
      );
    });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
