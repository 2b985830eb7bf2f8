import { defineConfig } from 'vitest/config';
import { sourceAlias } from './vitest.shared';

export default defineConfig({
  resolve: { alias: sourceAlias },
  test: {
    include: ['packages/*/src/**/*.slow.test.ts', 'examples/*/**/*.slow.test.ts'],
    exclude: ['**/node_modules/**', '**/dist/**'],
    // Half of the time they wait for npm; by itself vitest runs one file at a time on two cores.
    maxWorkers: 2,
    testTimeout: 600_000,
    hookTimeout: 600_000,
  },
});
