import { readFileSync } from 'node:fs';
import { defineConfig } from 'tsup';

/** Set by `build-javascript.mjs`; turbo keeps both kinds of builds apart by it. */
const withDeclarations = process.env.FACTORNET_DECLARATIONS !== 'none';

/** The condition in `exports` under which an entry is its source; nobody who installs a package sets it. */
const source = '@factornet/source';

/**
 * One build for every published package: ESM, declarations, source maps, dependencies left external. What is built are the
 * entries that `exports` of package.json has, and by their source.
 *
 * @param more files beside them that are no entries, such as a worker's: name in `dist` to source
 */
export function library(more: Readonly<Record<string, string>> = {}) {
  return defineConfig({
    entry: { ...publishedEntries(JSON.parse(readFileSync('package.json', 'utf8'))), ...more },
    format: ['esm'],
    target: 'es2022',
    platform: 'neutral',
    // tsup sets `baseUrl`, which TypeScript 6 calls deprecated. Errors are found by `test:types`, in all packages at once.
    dts: withDeclarations && { compilerOptions: { ignoreDeprecations: '6.0', noCheck: true } },
    sourcemap: true,
    clean: true,
    treeshake: true,
    external: [/^node:/, /^@tensorflow\//, /^@factornet\//, 'vitest'],
  });
}

/** Name in `dist` to source, of what is published; entries with a source alone are for our own tests. */
function publishedEntries({ exports }: { exports: Record<string, string | Record<string, string>> }) {
  const entries: Record<string, string> = {};
  for (const conditions of Object.values(exports)) {
    if (typeof conditions === 'string' || conditions.import === undefined) continue;
    const name = /^\.\/dist\/(.+)\.js$/.exec(conditions.import)?.[1];
    const file = conditions[source];
    if (name === undefined || file === undefined) {
      throw new Error(
        `Each entry needs "${source}" and "import" of ./dist/*.js: ${JSON.stringify(conditions)}`,
      );
    }
    entries[name] = file;
  }
  return entries;
}
