// For sources alone (tests, tsx): Node's worker threads read no TypeScript. The build puts run-replica.ts in this
// file's place, as dist/replica-worker.js. Bundled, and as CommonJS: a loader for TypeScript, and Node's search for the
// names that TensorFlow.js exports, cost each worker as much as all that it does in a test.
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { workerData } from 'node:worker_threads';
import { buildSync } from 'esbuild';

// Those are sources, too.
if (workerData.modules.length > 0) (await import('tsx/esm/api')).register();

const { outputFiles } = buildSync({
  entryPoints: [fileURLToPath(new URL('./run-replica.ts', import.meta.url))],
  bundle: true,
  write: false,
  platform: 'node',
  format: 'cjs',
  conditions: ['@factornet/source'],
  external: ['@tensorflow/*'],
});
new Function('require', outputFiles[0].text)(createRequire(import.meta.url));
