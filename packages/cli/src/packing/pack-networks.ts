import { type CommonNetwork, disposeBrick, type FactorNetwork } from '@factornet/core';
import { isBrick, readBrick } from '@factornet/core/node';
import { disposeFactorization } from '@factornet/factorizer';
import { readFactorization } from '@factornet/factorizer/node';
import type { PackedCommon, PackedPackage, ReleasedCommon } from '@factornet/packer';
import {
  type PackingOptions,
  packCommonNetwork,
  packFactorization,
  packFactors,
  probesFrom,
} from '@factornet/pipeline';
import { withCommonPackage } from '@factornet/registry';
import {
  type CommonManifest,
  type FactorManifest,
  type InputDescription,
  InvalidOptionError,
} from '@factornet/spec';
import type { Work } from '../context';
import { openData } from '../data/data-spec';
import { withInterrupt } from '../interrupt';
import type { PackFlags } from '../options/pack-options';
import { placeOptions } from '../packages/place-options';
import { createProgressReporter } from '../render/progress';
import { openMeasured } from './open-measured';
import { packingOptions } from './packing-options';

/** A package that was written, and what its version was measured by. */
export type Packed = PackedPackage<CommonManifest | FactorManifest> & Pick<PackedCommon, 'measured'>;

/** Packs a whole factorization, its common network first, or one of its networks. */
export async function packNetworks(directory: string, flags: PackFlags, work: Work): Promise<Packed[]> {
  const { onProgress, stop } = createProgressReporter({ stream: work.io.stderr });
  try {
    return await withInterrupt(work.io, async (signal) => {
      const options = { ...(await packingOptions(flags)), kinds: work.kinds, onProgress, signal };
      if (!(await isBrick(directory))) return packAll(directory, options, flags, work);
      const brick = await readBrick(directory, { kinds: work.kinds });
      try {
        return await (brick.kind === 'common'
          ? packOneCommon(brick, options, flags, work)
          : packOneFactor(brick, options, flags, work));
      } finally {
        disposeBrick(brick);
      }
    });
  } finally {
    stop();
  }
}

async function packAll(
  directory: string,
  options: PackingOptions,
  flags: PackFlags,
  work: Work,
): Promise<Packed[]> {
  const { commonRange } = flags;
  const factorization = await readFactorization(directory, { kinds: work.kinds });
  try {
    const { input } = factorization.common.description;
    const release = await releaseOptions(input, flags);
    const measureOn = await openMeasured(Object.values(factorization.factors), input, flags, work);
    const { common, factors } = await withPrevious(flags, work, (previous) =>
      packFactorization(factorization, { ...options, ...release, measureOn, commonRange, previous }),
    );
    return [common, ...factors];
  } finally {
    disposeFactorization(factorization);
  }
}

async function packOneCommon(
  common: CommonNetwork,
  options: PackingOptions,
  flags: PackFlags,
  work: Work,
): Promise<Packed[]> {
  const release = await releaseOptions(common.description.input, flags);
  return withPrevious(flags, work, async (previous) => [
    await packCommonNetwork(common, { ...options, ...release, previous }),
  ]);
}

async function packOneFactor(
  factor: FactorNetwork,
  options: PackingOptions,
  flags: PackFlags,
  work: Work,
): Promise<Packed[]> {
  const { commonPackage, commonRange, previous } = flags;
  if (commonPackage === undefined) {
    throw new InvalidOptionError({
      option: '--common-package',
      expected: 'given for the folder of a single factor: the common package it was made for',
      received: commonPackage,
    });
  }
  if (previous !== undefined) {
    throw new InvalidOptionError({
      option: '--previous',
      expected: 'left out for a factor: only versions of common networks are measured',
      received: previous,
    });
  }
  const placing = { ...placeOptions(flags, work), option: '--common-package' };
  return withCommonPackage(commonPackage, placing, async ({ found, folder }) => {
    const { name, version, manifest } = found;
    const common = { name, version, manifest, directory: await folder() };
    const measureOn = await openMeasured([factor], manifest.input, flags, work);
    const factors = { [factor.description.task.name]: factor };
    return packFactors(factors, { ...options, common, commonRange, measureOn });
  });
}

/** What only common networks are packed with. */
async function releaseOptions(input: InputDescription, { tolerance, probes, seed }: PackFlags) {
  if (probes === undefined) return { tolerance };
  const data = await openData(probes, { channels: input.shape[2] });
  return { tolerance, probes: await probesFrom(data, input, { seed }) };
}

async function withPrevious<T>(
  flags: PackFlags,
  work: Work,
  body: (previous?: ReleasedCommon) => Promise<T>,
): Promise<T> {
  const { previous } = flags;
  if (previous === undefined) return body();
  const placing = { ...placeOptions(flags, work), option: '--previous', names: 'released' } as const;
  return withCommonPackage(previous, placing, ({ found }) => body(found));
}
