import { createRequire } from 'node:module';
import Config from '@npmcli/config';

type Definitions = Required<Pick<Config.Options, 'definitions' | 'flatten' | 'shorthands'>>;

// npm's own, which its types do not describe.
const definitions = createRequire(import.meta.url)('@npmcli/config/lib/definitions') as Definitions;

/**
 * The settings that npm would have in a folder: of the project's, the user's and the global `.npmrc`, and of the
 * environment. Registries of scopes, tokens, proxies, certificates and npm's cache are among them.
 */
export async function npmSettings(cwd = process.cwd()): Promise<Readonly<Record<string, unknown>>> {
  const { definitions: known, flatten, shorthands } = definitions;
  const config = new Config({
    ...{ definitions: known, flatten, shorthands, cwd, npmPath: cwd, argv: [] },
    // A copy: loading writes what it found into it.
    env: { ...process.env },
  });
  await config.load();
  return config.flat as Readonly<Record<string, unknown>>;
}
