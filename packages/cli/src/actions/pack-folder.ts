import { join } from 'node:path';
import { disposeBrick } from '@factornet/core';
import { readBrick } from '@factornet/core/node';
import {
  type CommonReference,
  type PackedPackage,
  packCommon,
  packFactor,
  packTarball,
  type Tarball,
} from '@factornet/packer';
import { type CommonManifest, type FactorManifest, InvalidOptionError } from '@factornet/spec';
import { selectBackend } from '../backend';
import type { Work } from '../context';
import type { Outcome } from '../io';
import { formatBytes, formatCount } from '../render/format';
import { numeric, renderTable } from '../render/table';
import { readCommonReference } from './common-reference';
import { commonFolder, factorFolder, factorTasks, isBrick } from './factorization-folder';

export interface PackFlags {
  readonly name: string;
  readonly out: string;
  readonly scope?: string;
  readonly version: string;
  readonly commonRange?: string;
  readonly commonPackage?: string;
  readonly license?: string;
  readonly tarball: boolean;
}

type Packed = PackedPackage<CommonManifest | FactorManifest>;

/** Packs a whole factorization, or one of its networks. */
export async function packFolder(directory: string, flags: PackFlags, work: Work): Promise<Outcome> {
  // Packing checks the representation digest, and for that reads the weights into tensors.
  await selectBackend(work);
  const packed: Packed[] = [];
  const tarballs: Tarball[] = [];
  const add = async (folder: string, given?: CommonReference): Promise<Packed> => {
    const one = await packBrick(folder, flags, given);
    packed.push(one);
    if (flags.tarball) tarballs.push(await packTarball(one.directory, join(flags.out, 'tarballs')));
    return one;
  };
  const range = flags.commonRange === undefined ? {} : { range: flags.commonRange };
  if (await isBrick(directory)) {
    const common =
      flags.commonPackage === undefined ? undefined : await readCommonReference(flags.commonPackage);
    await add(directory, common && { ...common, ...range });
  } else {
    const common = await add(commonFolder(directory));
    const { name, version, manifest, directory: folder } = common as PackedPackage<CommonManifest>;
    for (const task of await factorTasks(directory)) {
      await add(factorFolder(directory, task), { name, version, manifest, directory: folder, ...range });
    }
  }
  const packages = packed.map(({ name, version, manifest, directory: folder }, index) => ({
    name,
    version,
    kind: manifest.kind,
    parameters: manifest.parameters,
    bytes: weightBytes(manifest),
    directory: folder,
    tarball: tarballs[index]?.path ?? null,
    tarballBytes: tarballs[index]?.bytes ?? null,
  }));
  return {
    json: { packages },
    text: renderTable(
      ['package', numeric('parameters'), numeric('model files'), numeric('tarball'), 'path'],
      packages.map((each) => [
        `${each.name}@${each.version}`,
        formatCount(each.parameters),
        formatBytes(each.bytes),
        each.tarballBytes === null ? '–' : formatBytes(each.tarballBytes),
        each.tarball ?? each.directory,
      ]),
    ),
  };
}

async function packBrick(folder: string, flags: PackFlags, common?: CommonReference): Promise<Packed> {
  const brick = await readBrick(folder);
  try {
    const last = 'network' in brick ? 'common' : brick.description.task.name;
    const unscoped = `${flags.name}-${last}`;
    const scope = flags.scope === undefined ? '' : `${flags.scope.replace(/^@?/, '@')}/`;
    const options = {
      name: `${scope}${unscoped}`,
      version: flags.version,
      directory: join(flags.out, unscoped),
      ...(flags.license !== undefined && { license: flags.license }),
    };
    if ('network' in brick) return await packCommon(brick, options);
    if (common === undefined) {
      throw new InvalidOptionError({
        option: '--common-package',
        expected:
          'given for the folder of a single factor: the folder of the common package, or its installed name',
        received: flags.commonPackage,
      });
    }
    return await packFactor(brick, { ...options, common });
  } finally {
    disposeBrick(brick);
  }
}

function weightBytes(manifest: CommonManifest | FactorManifest): number {
  const models = manifest.kind === 'common' ? [manifest.model] : [manifest.specific, manifest.head];
  return models.reduce((sum, { topology, weights }) => sum + topology.bytes + weights.bytes, 0);
}
