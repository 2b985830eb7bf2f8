import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** Resolves `@factornet/x` and `@factornet/x/entry` to sources, so that tests need no build. */
export const sourceAlias = readdirSync(new URL('packages/', import.meta.url)).flatMap((name) => [
  {
    find: new RegExp(`^@factornet/${name}$`),
    replacement: fileURLToPath(new URL(`packages/${name}/src/index.ts`, import.meta.url)),
  },
  {
    find: new RegExp(
      `^@factornet/${name}/(arrays|heap|lock|probes|node|native|testing|conformance|workers|export|training|publishing|samples|benchmark)$`,
    ),
    replacement: `${fileURLToPath(new URL(`packages/${name}/src/`, import.meta.url))}$1.ts`,
  },
]);
