import { join } from 'node:path';
import { disposeBrick } from '@factornet/core';
import { untrainedCommon, untrainedFactor } from '@factornet/example-pipeline/untrained-networks';
import { packCommon, packFactor, packTarball } from '@factornet/packer';
import type { InputDescription, TaskDescription } from '@factornet/spec';
import type { Backbone } from '@factornet/zoo';

export interface UntrainedNetworks {
  /** npm scope of the packages. */
  readonly scope: string;
  readonly input: InputDescription;
  readonly common: Backbone;
  readonly specific: Backbone;
  readonly tasks: readonly TaskDescription[];
}

export interface PackedFolder {
  readonly directory: string;
  readonly tarball: string;
}

/** Packs networks with their initial weights as `<scope>/common` and `<scope>/<task>`; the common one comes first. */
export async function packUntrained(
  { scope, input, common, specific, tasks }: UntrainedNetworks,
  directory: string,
): Promise<PackedFolder[]> {
  const at = (name: string) => ({
    name: `${scope}/${name}`,
    version: '1.0.0',
    license: 'Apache-2.0',
    directory: join(directory, name),
  });
  const withTarball = async (folder: string) => ({
    directory: folder,
    tarball: (await packTarball(folder, directory)).path,
  });
  const trunk = await untrainedCommon(common, input);
  try {
    const packed = await packCommon(trunk, at('common'));
    const folders = [await withTarball(packed.directory)];
    for (const task of tasks) {
      const factor = untrainedFactor(trunk, task, specific);
      try {
        folders.push(
          await withTarball((await packFactor(factor, { ...at(task.name), common: packed })).directory),
        );
      } finally {
        disposeBrick(factor);
      }
    }
    return folders;
  } finally {
    disposeBrick(trunk);
  }
}
