import { join } from 'node:path';
import { disposeBrick } from '@factornet/core';
import { packCommon, packFactor } from '@factornet/packer';
import { packTarball } from '@factornet/registry';
import type { InputDescription, TaskDescription, WeightDtype } from '@factornet/spec';
import type { Backbone } from '@factornet/zoo';
import { untrainedCommon, untrainedFactor } from './untrained-networks';

export interface UntrainedNetworks {
  /** npm scope of the packages. */
  readonly scope: string;
  readonly input: InputDescription;
  readonly common: Backbone;
  readonly specific: Backbone;
  readonly tasks: readonly TaskDescription[];
  /** How weights are stored. Default `float32`. */
  readonly dtype?: WeightDtype;
}

export interface PackedFolder {
  /** Of the package. */
  readonly name: string;
  readonly directory: string;
  /** Path of the tarball. */
  readonly tarball: string;
  /** Bytes of the tarball, and of its files after installation. */
  readonly bytes: number;
  readonly unpackedBytes: number;
}

/** Packs networks with their initial weights as `<scope>/common` and `<scope>/<task>`; the common one comes first. */
export async function packUntrained(
  { scope, input, common, specific, tasks, dtype = 'float32' }: UntrainedNetworks,
  directory: string,
): Promise<PackedFolder[]> {
  const at = (name: string) => ({
    name: `${scope}/${name}`,
    version: '1.0.0',
    license: 'Apache-2.0',
    dtype,
    directory: join(directory, name),
  });
  const folders: PackedFolder[] = [];
  const keep = async (packed: { name: string; directory: string }) => {
    const { path, bytes, unpackedBytes } = await packTarball(packed.directory, directory);
    folders.push({ name: packed.name, directory: packed.directory, tarball: path, bytes, unpackedBytes });
  };
  const trunk = await untrainedCommon(common, input);
  try {
    const packed = await packCommon(trunk, at('common'));
    await keep(packed);
    for (const task of tasks) {
      const factor = untrainedFactor(trunk, task, specific);
      try {
        await keep(await packFactor(factor, { ...at(task.name), common: packed }));
      } finally {
        disposeBrick(factor);
      }
    }
    return folders;
  } finally {
    disposeBrick(trunk);
  }
}
