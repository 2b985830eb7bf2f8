import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { disposeBrick, useBackend } from '@factornet/core';
import { packCommon, packFactor, probePictures } from '@factornet/packer';
import { INPUT, SHAPE, tinyCommon, tinyFactor } from '@factornet/packer/testing';

/** Which of the good packages. */
export type GoodPackage = 'ckn' | 'shape';

/** A good common-knowledge package and a factor of it, tiny and real, to be copied and damaged. */
export interface GoodPackages {
  /** Holds `ckn` and `shape`. */
  readonly folder: string;
  /** A folder with a copy of both, under `name`. */
  copy(name: string): Promise<string>;
  remove(): Promise<void>;
}

/** Packs both on the `cpu` backend, which is current afterwards. */
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
  disposeBrick(common);
  disposeBrick(factor);
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
