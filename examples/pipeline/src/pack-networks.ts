import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Factorization } from '@factornet/factorizer';
import { packCommon, packFactor } from '@factornet/packer';
import { packTarball } from '@factornet/registry';

/** A package that was made from a network. */
export interface NetworkPackage {
  readonly name: string;
  readonly tarball: string;
  readonly bytes: number;
  readonly parameters: number;
}

export interface NetworkPackages {
  readonly common: NetworkPackage;
  /** By task. */
  readonly factors: Readonly<Record<string, NetworkPackage>>;
}

/**
 * Packs a common network and its factors as `<scope>/common` and `<scope>/<task>`, folders and tarballs.
 *
 * @param probes pictures for golden probes, value · 255
 */
export async function packNetworks(
  { common, factors }: Pick<Factorization, 'common' | 'factors'>,
  { scope, directory, probes }: { scope: string; directory: string; probes: Uint8Array<ArrayBuffer> },
): Promise<NetworkPackages> {
  await rm(directory, { recursive: true, force: true });
  await mkdir(directory, { recursive: true });
  const shared = { version: '1.0.0', license: 'Apache-2.0' };
  const toTarball = async (name: string, folder: string, parameters: number): Promise<NetworkPackage> => {
    const { path, bytes } = await packTarball(folder, directory);
    return { name, tarball: path, bytes, parameters };
  };
  const name = `${scope}/common`;
  const packed = await packCommon(common, { ...shared, name, directory: join(directory, 'common'), probes });
  const result: Record<string, NetworkPackage> = {};
  for (const [task, factor] of Object.entries(factors)) {
    const options = { ...shared, name: `${scope}/${task}`, directory: join(directory, task), common: packed };
    const { directory: folder } = await packFactor(factor, options);
    result[task] = await toTarball(options.name, folder, factor.description.parameters);
  }
  return { common: await toTarball(name, packed.directory, common.description.parameters), factors: result };
}
