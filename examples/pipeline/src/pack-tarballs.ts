import type { PackedFactorization } from '@factornet/pipeline';
import { packTarball } from '@factornet/registry';

/** A package of a network, as a folder and as a tarball. */
export interface PackedFolder {
  /** Of the package. */
  readonly name: string;
  readonly directory: string;
  /** Path of the tarball. */
  readonly tarball: string;
  /** Bytes of the tarball, and of its files after installation. */
  readonly bytes: number;
  readonly unpackedBytes: number;
  readonly parameters: number;
}

/** Makes tarballs of all packages; the common one comes first. */
export async function packTarballs(
  { common, factors }: PackedFactorization,
  destination: string,
): Promise<PackedFolder[]> {
  const folders: PackedFolder[] = [];
  for (const { name, directory, manifest } of [common, ...factors]) {
    const { path, bytes, unpackedBytes } = await packTarball(directory, destination);
    folders.push({ name, directory, tarball: path, bytes, unpackedBytes, parameters: manifest.parameters });
  }
  return folders;
}
