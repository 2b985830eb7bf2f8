import { join } from 'node:path';
import type { FileDescription, ModelFiles } from '@factornet/spec';
import type { LayersModel } from '@tensorflow/tfjs';
import { writeBytes, writeFiles } from '../files/write-files';
import { checkStorable } from './check-storable';
import { integrityOf } from './digest';
import { encodeModel } from './model-bytes';
import type { ModelBytes } from './two-files';

/**
 * Writes a Layers model into `directory` as `<name>.model.json` and `<name>.weights.bin`, and returns both files' sizes and
 * digests. Before anything there is replaced, the model is read back from its bytes.
 *
 * @throws UnstorableModelError if what is read back would not be the same model
 * @throws WriteFailedError, DisposedError
 */
export async function writeModel(model: LayersModel, directory: string, name: string): Promise<ModelFiles> {
  const { files, described } = await storableFiles(model, name);
  await writeFiles(directory, files);
  return described;
}

/** As {@link writeModel}, for a model that is encoded already. */
export async function writeModelBytes(
  bytes: ModelBytes,
  directory: string,
  name: string,
): Promise<ModelFiles> {
  const { files, described } = await describedFiles(bytes, name);
  await writeFiles(directory, files);
  return described;
}

/** Name under which the topology of {@link writeModelBytes} has to refer to its weights. */
export const weightsFileName = (name: string) => `${name}.weights.bin`;

/** A model's files by name. */
export interface ModelFileContents {
  /** The topology last: it never refers to weights that are not there. */
  readonly files: ReadonlyMap<string, Uint8Array>;
  readonly described: ModelFiles;
}

/** What {@link writeModel} writes, to be written with more. @throws UnstorableModelError, DisposedError */
export async function storableFiles(model: LayersModel, name: string): Promise<ModelFileContents> {
  const bytes = await encodeModel(model, weightsFileName(name));
  await checkStorable(model, bytes);
  return describedFiles(bytes, name);
}

async function describedFiles({ topology, weights }: ModelBytes, name: string): Promise<ModelFileContents> {
  const described = {
    weights: await descriptionOf(weightsFileName(name), weights),
    topology: await descriptionOf(`${name}.model.json`, topology),
  };
  const files = new Map([
    [described.weights.path, weights],
    [described.topology.path, topology],
  ]);
  return { files, described };
}

/** Writes one file, whole or not at all, and describes it. @throws WriteFailedError */
export async function writeDescribed(
  directory: string,
  path: string,
  bytes: Uint8Array<ArrayBuffer>,
): Promise<FileDescription> {
  await writeBytes(join(directory, path), bytes);
  return descriptionOf(path, bytes);
}

async function descriptionOf(path: string, bytes: Uint8Array<ArrayBuffer>): Promise<FileDescription> {
  return { path, bytes: bytes.length, integrity: await integrityOf(bytes) };
}
