import { mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { FileDescription, ModelFiles } from '@factornet/spec';
import type { LayersModel } from '@tensorflow/tfjs';
import writeFileAtomic from 'write-file-atomic';
import { integrityOf } from './digest';
import { encodeModel, type ModelBytes } from './model-bytes';

/**
 * Writes a Layers model into `directory` as `<name>.model.json` and `<name>.weights.bin`, each under a
 * temporary name first, and returns both files' sizes and digests.
 */
export async function writeModel(model: LayersModel, directory: string, name: string): Promise<ModelFiles> {
  return writeModelBytes(await encodeModel(model, weightsFileName(name)), directory, name);
}

/** Name under which the topology of {@link writeModelBytes} has to refer to its weights. */
export const weightsFileName = (name: string) => `${name}.weights.bin`;

/** As {@link writeModel}, for a model that is encoded already. */
export async function writeModelBytes(
  { topology, weights }: ModelBytes,
  directory: string,
  name: string,
): Promise<ModelFiles> {
  return {
    // Weights first: a topology file never refers to weights that are not there.
    weights: await writeDescribed(directory, weightsFileName(name), weights),
    topology: await writeDescribed(directory, `${name}.model.json`, topology),
  };
}

/** Writes one file atomically and describes it. */
export async function writeDescribed(
  directory: string,
  path: string,
  bytes: Uint8Array<ArrayBuffer>,
): Promise<FileDescription> {
  await mkdir(directory, { recursive: true });
  await writeFileAtomic(join(directory, path), Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength));
  return { path, bytes: bytes.length, integrity: await integrityOf(bytes) };
}

/** Writes `value` as indented JSON, atomically. */
export async function writeJson(path: string, value: unknown): Promise<void> {
  await writeText(path, `${JSON.stringify(value, null, 2)}\n`);
}

/** Writes a text file in UTF-8, atomically. */
export async function writeText(path: string, text: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  await writeFileAtomic(path, text);
}
