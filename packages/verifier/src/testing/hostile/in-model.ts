import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { decodeModel, modelDigest } from '@factornet/core/training';
import { type Damage, inManifest } from '../damage';

/** One of the float32 values of a file. */
export const float = (at: number, value: (before: number) => number) => (bytes: Buffer) => {
  bytes.writeFloatLE(value(bytes.readFloatLE(4 * at)), 4 * at);
  return bytes;
};

/** The model of a common-knowledge package as its author would change it: with the representation of the changed one. */
export const represented =
  (damage: Damage): Damage =>
  async (folder) => {
    await damage(folder);
    const read = async (name: string) => new Uint8Array(await readFile(join(folder, name)));
    const network = await decodeModel({
      topology: await read('common.model.json'),
      weights: await read('common.weights.bin'),
    });
    const representation = await modelDigest(network);
    network.dispose();
    await inManifest((manifest) => {
      manifest.representation = representation;
    })(folder);
  };
