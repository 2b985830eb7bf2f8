import { isAbsolute, resolve } from 'node:path';
import { InvalidOptionError } from '@factornet/spec';
import npa from 'npm-package-arg';

/** What a package was called, told apart. */
export type Specifier =
  | {
      readonly type: 'registry';
      readonly name: string;
      /** Tag, version or range as given; undefined for the name alone. */
      readonly wanted: string | undefined;
    }
  | { readonly type: 'directory'; readonly path: string }
  | { readonly type: 'tarball'; readonly path: string };

/**
 * Reads what a user calls a package: `@scope/shape`, `@scope/shape@^1.2.0`, `@scope/shape@next`, `./packages/shape` or
 * `./tarballs/scope-shape-1.0.0.tgz`.
 *
 * @throws InvalidOptionError for what npm does not understand, and for git and other addresses: npm would have to run
 * a package's scripts to read one
 */
export function parseSpecifier(text: string, cwd = process.cwd()): Specifier {
  const parsed = parse(text, cwd);
  switch (parsed.type) {
    case 'tag':
    case 'version':
    case 'range': {
      if (!parsed.name) throw refuse(text, 'Name a package.');
      const wanted = parsed.rawSpec === '*' || parsed.rawSpec === '' ? undefined : parsed.rawSpec;
      return { type: 'registry', name: parsed.name, wanted };
    }
    case 'directory':
    case 'file': {
      const path = parsed.fetchSpec as string;
      const absolute = isAbsolute(path) ? path : resolve(cwd, path);
      return { type: parsed.type === 'file' ? 'tarball' : 'directory', path: absolute };
    }
    default:
      throw refuse(text, 'Publish it to a registry, or download it and name the folder.');
  }
}

function parse(text: string, cwd: string): npa.Result {
  try {
    return npa(text, cwd);
  } catch (cause) {
    throw refuse(text, `npm says: ${(cause as Error).message}`, cause);
  }
}

function refuse(received: string, hint: string, cause?: unknown): InvalidOptionError {
  const expected = 'a package by name, e.g. @scope/shape@^1.0.0, or the path of a folder or tarball';
  return new InvalidOptionError({ option: 'package', expected, received }, { hint, cause });
}
