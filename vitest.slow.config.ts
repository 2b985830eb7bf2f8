import { defineConfig } from 'vitest/config';
import { sourceAlias } from './vitest.shared';

export default defineConfig({
  resolve: { alias: sourceAlias },
  test: {
    include: ['packages/*/src/**/*.slow.test.ts', 'examples/*/**/*.slow.test.ts'],
    exclude: ['**/node_modules/**', '**/dist/**'],
    testTimeout: 600_000,
    hookTimeout: 600_000,
  },
});
