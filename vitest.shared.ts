/**
 * Resolves `@factornet/x` and `@factornet/x/entry` to sources, so that tests need no build: `exports` of each package has
 * this condition. The others are Vite's own for Node.
 */
export const fromSources = {
  ssr: { resolve: { conditions: ['@factornet/source', 'module', 'node', 'development|production'] } },
};
