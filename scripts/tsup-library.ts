import { defineConfig } from 'tsup';

/** One build for every published package: ESM, declarations, source maps, dependencies left external. */
export function library(entry: string[] | Record<string, string>) {
  return defineConfig({
    entry,
    format: ['esm'],
    target: 'es2022',
    platform: 'neutral',
    // tsup sets `baseUrl`, which TypeScript 6 calls deprecated.
    dts: { compilerOptions: { ignoreDeprecations: '6.0' } },
    sourcemap: true,
    clean: true,
    treeshake: true,
    external: [/^node:/, /^@tensorflow\//, /^@factornet\//, 'vitest'],
  });
}
