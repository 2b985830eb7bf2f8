import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { disposeBrick, useBackend } from '@factornet/core';
import { packCommon, packFactor, probePictures } from '@factornet/packer';
import {
  commonWithMaps,
  HUE,
  INPUT,
  readingFactor,
  SHAPE,
  tinyCommon,
  tinyFactor,
} from '@factornet/packer/testing';

/**
 * Which of the good packages: a common-knowledge network and a factor of it, `deep` and `hue` with maps and a hard code.
 */
export type GoodPackage = 'ckn' | 'shape' | 'deep' | 'hue';

/** The common-knowledge network and the factor that go with one of them. */
export const pairOf = (name: GoodPackage): readonly [GoodPackage, GoodPackage] =>
  name === 'ckn' || name === 'shape' ? ['ckn', 'shape'] : ['deep', 'hue'];

/** Good common-knowledge packages and factors of them, tiny and real, to be copied and damaged. */
export interface GoodPackages {
  /** Holds them by their names. */
  readonly folder: string;
  /** A folder with a copy of all, under `name`. */
  copy(name: string): Promise<string>;
  remove(): Promise<void>;
}

/** Packs all on the `cpu` backend, which is current afterwards. */
export async function packGoodPackages(
  dtype: 'float32' | 'float16' | 'uint8' = 'float32',
): Promise<GoodPackages> {
  await useBackend('cpu');
  const root = await mkdtemp(join(tmpdir(), 'factornet-verify-'));
  const folder = join(root, 'good');
  const common = await tinyCommon();
  const factor = tinyFactor(common, SHAPE);
  const at = (name: GoodPackage) => ({
    name: `@scope/${name}`,
    version: '1.0.0',
    directory: join(folder, name),
    dtype,
  });
  // Tiny networks lose more to few bits than real ones do.
  const ckn = await packCommon(common, { ...at('ckn'), tolerance: 0.05, probes: probePictures(INPUT, 2) });
  await packFactor(factor, { ...at('shape'), common: ckn });
  const offering = await commonWithMaps();
  const reading = readingFactor(offering, HUE, ['block-1', 'picture']);
  const deep = await packCommon(offering, { ...at('deep'), tolerance: 0.05 });
  await packFactor(reading, { ...at('hue'), common: deep });
  for (const brick of [common, factor, offering, reading]) disposeBrick(brick);
  return {
    folder,
    async copy(name) {
      const target = join(root, name);
      await cp(folder, target, { recursive: true });
      return target;
    },
    remove: () => rm(root, { recursive: true, force: true }),
  };
}
