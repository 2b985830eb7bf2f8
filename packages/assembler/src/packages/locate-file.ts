import type { FileLocator } from '@factornet/core/internal';
import { type CommonPackage, type FactorPackage, MissingFileError } from '@factornet/spec';
import { shellWord } from '@factornet/spec/internal';
import { labelOf } from './read-source';

/** Where the files of a package lie. The locator throws MissingFileError for one that has no place. */
export function locateIn(source: CommonPackage | FactorPackage): FileLocator {
  return (file) => {
    const location = source.files[file];
    if (location !== undefined) return location;
    throw new MissingFileError(
      { path: `${labelOf(source)}: ${file}` },
      {
        hint: `The package names no location for it. Install it again: npm install ${shellWord(labelOf(source))}`,
      },
    );
  };
}
