import { InvalidOptionError } from '@factornet/spec';
import { isPackageName } from '@factornet/spec/internal';
import type { SourceOptions } from '../sources';
import { findInstalled } from './find-installed';
import { folderUrl, isNode, isPath, isWebAddress } from './folder-url';

/** Where a package's `package.json` lies. */
export interface PackageLocation {
  readonly location: URL;
  /** What it has to be, where it was given by name. */
  readonly name?: string;
  readonly range?: string | undefined;
}

/**
 * Says where a package lies that was given as a folder, a URL or by name, e.g. `./packages/shape`,
 * `https://example.org/shape/`, `@scope/shape` or `@scope/shape@^1.0.0`.
 *
 * @throws InvalidOptionError if it is nothing of the kind, or a name that needs `from`
 * @throws MissingFileError if it is not installed
 */
export function locatePackage(source: string | URL, { from }: SourceOptions = {}): PackageLocation {
  if (typeof source !== 'string' || isWebAddress(source) || isPath(source)) {
    return { location: descriptionIn(folderUrl(source)) };
  }
  const [, name, range] = /^(.[^@]*)(?:@([^/\\]+))?$/.exec(source) ?? [];
  if (!isPackageName(name)) throw refuse(source, 'Name a folder with "./" before it.');
  const base = from === undefined ? undefined : folderUrl(from);
  const inLayout = new URL(
    range === undefined ? `${name}/` : `${name}@${encodeURIComponent(range)}/`,
    base ?? 'file:///',
  );
  if (base !== undefined && base.protocol !== 'file:')
    return { location: descriptionIn(inLayout), name, range };
  if (!isNode()) {
    throw refuse(
      source,
      `Import it: import factor from '${name}'. Or say where it lies: { from: 'https://cdn.jsdelivr.net/npm/' }.`,
    );
  }
  const { existsSync } = process.getBuiltinModule('node:fs');
  const local = descriptionIn(inLayout);
  const laidOut = base !== undefined && existsSync(local);
  return { location: laidOut ? local : findInstalled(name, base ?? folderUrl('.')), name, range };
}

function descriptionIn(folder: URL): URL {
  return new URL('package.json', folder);
}

function refuse(received: string, hint: string): InvalidOptionError {
  const expected = 'a package: imported, a folder, a URL, or its name';
  return new InvalidOptionError({ option: 'source', expected, received }, { hint });
}
