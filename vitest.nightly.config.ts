import { defineConfig } from 'vitest/config';
import slow from './vitest.slow.config.ts';

/** What CI has no time for: gigabytes of heap, several bundlers, statistics of many draws, whole trainings. */
export default defineConfig({
  ...slow,
  test: {
    ...slow.test,
    include: [
      'packages/*/src/**/*.nightly.test.ts',
      'examples/*/**/*.nightly.test.ts',
      'benchmarks/**/*.nightly.test.ts',
    ],
    // Two full heaps at once are more than small machines have.
    maxWorkers: 1,
  },
});
