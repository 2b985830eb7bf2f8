import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type CommonNetwork, disposeBrick, type FactorNetwork } from '@factornet/core';
import { randomStream } from '@factornet/core/training';
import { packCommon, packFactor } from '@factornet/packer';
import { HUE, SHAPE, tinyCommon, tinyFactor } from '@factornet/packer/testing';
import { type Tensor4D, tensor4d } from '@tensorflow/tfjs';

/** A common-knowledge network and two factors of it, in memory and as packages. */
export interface PackedNetworks {
  readonly folder: string;
  readonly common: CommonNetwork;
  readonly shape: FactorNetwork<typeof SHAPE>;
  readonly hue: FactorNetwork<typeof HUE>;
  /** Their package folders. */
  readonly ckn: string;
  readonly shapeFolder: string;
  readonly hueFolder: string;
  remove(): Promise<void>;
}

/**
 * Packs `@scope/ckn`, `@scope/shape` and `@scope/hue`, all 1.0.0; their code throws if it is run.
 *
 * @param place folder of a package below the temporary one, e.g. `node_modules/@scope/ckn`
 */
export async function packNetworks(place = (name: string) => name): Promise<PackedNetworks> {
  const folder = await mkdtemp(join(tmpdir(), 'factornet-assemble-'));
  const common = await tinyCommon();
  const [shape, hue] = [tinyFactor(common, SHAPE, 100), tinyFactor(common, HUE, 200)];
  const at = (name: string) => ({
    name: `@scope/${name}`,
    version: '1.0.0',
    directory: join(folder, place(name)),
  });
  const ckn = await packCommon(common, at('ckn'));
  const shapePackage = await packFactor(shape, { ...at('shape'), common: ckn });
  const huePackage = await packFactor(hue, { ...at('hue'), common: ckn });
  for (const { directory } of [ckn, shapePackage, huePackage]) {
    await writeFile(join(directory, 'index.js'), 'throw new Error("this package ran code");');
  }
  return {
    folder,
    common,
    shape,
    hue,
    ckn: ckn.directory,
    shapeFolder: shapePackage.directory,
    hueFolder: huePackage.directory,
    async remove() {
      for (const brick of [common, shape, hue]) disposeBrick(brick);
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** Random pictures `[count, 32, 32, 3]` with values in [0, 1]. */
export function randomPictures(count: number, seed = 1): Tensor4D {
  const stream = randomStream(seed, 'pictures');
  const values = Float32Array.from({ length: count * 32 * 32 * 3 }, () => stream.uniform());
  return tensor4d(values, [count, 32, 32, 3]);
}
