import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type FileLocator, readPackedFile } from '@factornet/core/internal';
import { decodeProbes, type ProbeValues, probeLayout } from '@factornet/core/probes';
import type { CommonManifest } from '@factornet/spec';

/**
 * A common-knowledge package as it lies somewhere: what its `index.js` exports, `readPackage` reads or `packCommon`
 * returns.
 */
export type ReleasedCommon = {
  readonly name: string;
  readonly version: string;
  readonly manifest: CommonManifest;
} & ({ readonly files: Readonly<Record<string, URL>> } | { readonly directory: string });

/** Its golden probes. @throws MissingFileError, IntegrityError, RefusedPackageError if the file is a link */
export async function readProbes(common: ReleasedCommon): Promise<ProbeValues> {
  const { file } = common.manifest.probes;
  const bytes = await readPackedFile(file, locator(common));
  return decodeProbes(bytes, probeLayout(common.manifest), file.path);
}

function locator(common: ReleasedCommon): FileLocator {
  return 'files' in common
    ? (name) => common.files[name] as URL
    : (name) => pathToFileURL(join(common.directory, name));
}
