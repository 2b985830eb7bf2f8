import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Brick, type CommonNetwork, disposeBrick } from '@factornet/core';
import { isBrick, readBrick } from '@factornet/core/node';
import { commonFolder, factorFolder, listFactors } from '@factornet/factorizer/node';
import {
  type CommonReference,
  type PackageOptions,
  type PackedCommon,
  type PackedPackage,
  packCommon,
  packFactor,
} from '@factornet/packer';
import type { NarrowingMeter } from '@factornet/pipeline';
import {
  type CommonManifest,
  type FactorManifest,
  InvalidOptionError,
  MissingFileError,
} from '@factornet/spec';
import type { Work } from '../context';
import { withInterrupt } from '../interrupt';
import type { PackFlags } from '../options/pack-options';
import { readCommonReference } from '../packages/common-reference';
import { createProgressReporter } from '../render/progress';
import { type MeterRequest, readProbePictures, readTasks, withMeter } from './pack-pictures';
import { withReleased } from './read-released';

/** A package that was written, and what its version was measured by. */
export type Packed = PackedPackage<CommonManifest | FactorManifest> & Pick<PackedCommon, 'measured'>;

/** Packs a whole factorization, its common network first, or one of its networks. */
export async function packNetworks(directory: string, flags: PackFlags, work: Work): Promise<Packed[]> {
  const progress = createProgressReporter({ stream: work.io.stderr });
  try {
    return await withInterrupt(work.io, async (signal) => {
      const meter = { flags, log: work.log, onProgress: progress.onProgress, signal };
      if (await isBrick(directory)) return [await packOne(directory, flags, work, meter)];
      const tasks = await listFactors(directory);
      const folders = tasks.map((task) => factorFolder(directory, task));
      return withBrick(commonFolder(directory), 'common', async (common) => {
        const packed = await packCommonNetwork(common, flags, work);
        const range = flags.commonRange === undefined ? {} : { range: flags.commonRange };
        const { name, version, manifest, directory: folder } = packed;
        const reference = { name, version, manifest, directory: folder, ...range };
        const request = {
          ...meter,
          common,
          packed,
          tasks: await readTasks(folders),
        };
        return withMeter(request, async (measure) => {
          const factors: Packed[] = [];
          for (const each of folders) factors.push(await packFactorFolder(each, reference, flags, measure));
          return [packed, ...factors];
        });
      });
    });
  } finally {
    progress.stop();
  }
}

/** The folder of one network. */
async function packOne(
  directory: string,
  flags: PackFlags,
  work: Work,
  meter: Pick<MeterRequest, 'flags' | 'log' | 'onProgress' | 'signal'>,
): Promise<Packed> {
  const tasks = await readTasks([directory]);
  if (tasks.length === 0) {
    return withBrick(directory, 'common', (common) => packCommonNetwork(common, flags, work));
  }
  if (flags.commonPackage === undefined) {
    throw new InvalidOptionError({
      option: '--common-package',
      expected:
        'given for the folder of a single factor: the folder of the common package, or its installed name',
      received: flags.commonPackage,
    });
  }
  if (flags.previous !== undefined) {
    throw new InvalidOptionError({
      option: '--previous',
      expected: 'left out for a factor: only versions of common networks are measured',
      received: flags.previous,
    });
  }
  const packed = await readCommonReference(flags.commonPackage);
  const range = flags.commonRange === undefined ? {} : { range: flags.commonRange };
  return withMeter({ ...meter, common: undefined, packed, tasks }, (measure) =>
    packFactorFolder(directory, { ...packed, ...range }, flags, measure),
  );
}

async function packCommonNetwork(common: CommonNetwork, flags: PackFlags, work: Work): Promise<PackedCommon> {
  const { previous, version, registry, tolerance, probes, dtype, seed } = flags;
  const options = {
    ...(await packageOptions('common', version ?? (previous === undefined ? '1.0.0' : 'auto'), flags)),
    dtype,
    ...(tolerance !== undefined && { tolerance }),
    ...(probes !== undefined && { probes: await readProbePictures(probes, common.description.input, seed) }),
  };
  if (previous === undefined) return packCommon(common, options);
  const npm = { option: '--previous', log: work.log, ...(registry !== undefined && { registry }) };
  return withReleased(previous, npm, (released) => packCommon(common, { ...options, previous: released }));
}

async function packFactorFolder(
  folder: string,
  common: CommonReference & { version: string },
  flags: PackFlags,
  meter: NarrowingMeter | undefined,
): Promise<Packed> {
  return withBrick(folder, 'factor', async (factor) => {
    // Within a factorization, factors go along with the version that was measured for their common network.
    const measured = flags.previous === undefined ? undefined : common.version;
    const version = flags.version === 'auto' ? (measured ?? 'auto') : (flags.version ?? measured ?? '1.0.0');
    return packFactor(factor, {
      ...(await packageOptions(factor.description.task.name, version, flags)),
      common,
      dtype: flags.dtype,
      ...(meter !== undefined && { measureAccuracy: (narrowed) => meter.measure(factor, narrowed) }),
    });
  });
}

async function packageOptions(last: string, version: string, flags: PackFlags): Promise<PackageOptions> {
  const { name, scope, license, licenseFile, force, out, previous } = flags;
  if (version === 'auto' && previous === undefined) {
    throw new InvalidOptionError({
      option: '--version',
      expected: 'a semantic version; auto measures it, and needs --previous',
      received: version,
    });
  }
  const unscoped = `${name}-${last}`;
  return {
    name: scope === undefined ? unscoped : `${scope.replace(/^@?/, '@')}/${unscoped}`,
    version,
    directory: join(out, unscoped),
    force,
    ...(license !== undefined && { license }),
    ...(licenseFile !== undefined && { licenseText: await readLicense(licenseFile) }),
  };
}

async function readLicense(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (cause) {
    throw new MissingFileError({ path }, { cause, hint: '--license-file names the text of a licence.' });
  }
}

async function withBrick<Kind extends Brick['kind'], T>(
  folder: string,
  kind: Kind,
  body: (brick: Extract<Brick, { kind: Kind }>) => Promise<T>,
): Promise<T> {
  const brick = await readBrick(folder, { kind });
  try {
    return await body(brick);
  } finally {
    disposeBrick(brick);
  }
}
