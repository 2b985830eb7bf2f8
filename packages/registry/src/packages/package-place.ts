import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { PackageLocation } from '@factornet/assembler/node';
import { fetchPackage } from '../npm/fetch-package';
import type { NpmOptions } from '../npm/run-npm';
import { downloadFolder } from './download-folder';
import { unpackTarball } from './unpack-tarball';
import type { Workspace } from './workspace';

/** Where a package was found. */
export interface PackagePlace {
  /** What it was called. */
  readonly text: string;
  readonly origin: 'folder' | 'tarball' | 'installed' | 'registry' | 'server';
  /** Of its `package.json`, and what it has to be where it was named. */
  readonly location: PackageLocation;
  /** Its folder on this machine; one on a server is brought here. */
  folder(): Promise<string>;
}

/** What a package has to be that was named. */
export type Wanted = Omit<PackageLocation, 'location'>;

export interface FetchOptions extends NpmOptions {
  /** Told before something is fetched. */
  onFetch?: (text: string, from: 'the registry' | 'its server') => void;
}

/** The ways to a package, for one text. */
export interface Ways {
  inFolder(folder: string, origin: 'folder' | 'installed', wanted?: Wanted): PackagePlace;
  inTarball(path: string): Promise<PackagePlace>;
  /** Fetched with npm, so that its settings hold; of a server's tarball by its address. */
  fetched(specifier: string, origin: 'registry' | 'server', wanted?: Wanted): Promise<PackagePlace>;
  onServer(location: PackageLocation): PackagePlace;
}

/** Each way to a package that is called `text`; what has to lie somewhere lies in the workspace. */
export function waysTo(text: string, workspace: Workspace, options: FetchOptions): Ways {
  const { cwd, registry, signal, timeout, onFetch } = options;
  const ended = { ...(signal !== undefined && { signal }), ...(timeout !== undefined && { timeout }) };
  const at = (folder: string, origin: PackagePlace['origin'], wanted?: Wanted): PackagePlace => ({
    ...{ text, origin },
    location: { location: pathToFileURL(join(folder, 'package.json')), ...wanted },
    folder: async () => folder,
  });
  return {
    inFolder: at,
    async inTarball(path) {
      const folder = await workspace.folder();
      await unpackTarball(path, folder);
      return at(folder, 'tarball');
    },
    async fetched(specifier, origin, wanted) {
      onFetch?.(text, origin === 'registry' ? 'the registry' : 'its server');
      const where = { ...(cwd !== undefined && { cwd }), ...(registry !== undefined && { registry }) };
      const folder = await workspace.folder();
      await fetchPackage(specifier, folder, { ...where, ...ended });
      return at(folder, origin, wanted);
    },
    onServer: (location) => ({
      ...{ text, origin: 'server', location },
      async folder() {
        onFetch?.(text, 'its server');
        const folder = await workspace.folder();
        await downloadFolder(location, folder, ended);
        return folder;
      },
    }),
  };
}
