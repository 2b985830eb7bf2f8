import { defineConfig } from 'vitest/config';
import { fromSources } from './vitest.shared.ts';

const folders = ['packages/*/src', 'examples/*', 'benchmarks', 'scripts'];
const alone = folders.map((folder) => `${folder}/**/*.alone.test.ts`);
const never = ['**/node_modules/**', '**/dist/**', '**/*.slow.test.ts', '**/*.nightly.test.ts'];

export default defineConfig({
  ...fromSources,
  test: {
    // By itself vitest leaves one core free, which on two cores is half of them.
    maxWorkers: '100%',
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // Its recommendation of the native add-on, once per process.
    onConsoleLog: (text) => !text.includes('running TensorFlow.js in Node.js'),
    projects: [
      {
        extends: true,
        test: {
          name: 'shared',
          include: folders.map((folder) => `${folder}/**/*.test.ts`),
          exclude: [...never, ...alone],
          // Loading TensorFlow.js and our sources costs more than what most files test.
          isolate: false,
          setupFiles: ['vitest.setup.ts'],
        },
      },
      { extends: true, test: { name: 'alone', include: alone, exclude: never } },
    ],
  },
});
