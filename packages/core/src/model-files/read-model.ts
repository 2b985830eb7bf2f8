import { type FileDescription, IntegrityError, type ModelFiles } from '@factornet/spec';
import type { LayersModel } from '@tensorflow/tfjs';
import { integrityOf } from './digest';
import { decodeModel, decodePackedModel, type ModelBytes } from './model-bytes';
import { readBytes } from './read-bytes';

/** Where the file of that name lies. */
export type FileLocator = (fileName: string) => URL;

/**
 * Reads a Layers model and checks both files against their description before anything is decoded.
 *
 * @throws MissingFileError if a file is not there
 * @throws IntegrityError if a file was truncated or changed
 */
export async function readModel(files: Immutable<ModelFiles>, locate: FileLocator): Promise<LayersModel> {
  return decodeModel(await readModelFiles(files, locate));
}

/**
 * As {@link readModel}, for a model of a stranger's package, which is inspected before anything is allocated for it.
 *
 * @throws MissingFileError, IntegrityError, RefusedPackageError
 */
export async function readPackedModel(
  files: Immutable<ModelFiles>,
  locate: FileLocator,
  source: string,
): Promise<LayersModel> {
  const name = `${files.topology.path} of ${source}`;
  return (await decodePackedModel(await readModelFiles(files, locate), name)).model;
}

/** Both files of a model, checked against their description. @throws MissingFileError, IntegrityError */
export async function readModelFiles(files: Immutable<ModelFiles>, locate: FileLocator): Promise<ModelBytes> {
  const [topology, weights] = await Promise.all([
    readVerified(files.topology, locate),
    readVerified(files.weights, locate),
  ]);
  return { topology, weights };
}

type Immutable<T> = { readonly [K in keyof T]: Readonly<T[K]> };

/** The bytes of one described file. @throws MissingFileError, IntegrityError */
export async function readVerified(file: Readonly<FileDescription>, locate: FileLocator) {
  const location = locate(file.path);
  const bytes = await readBytes(location, file.bytes);
  const path = location.protocol === 'file:' ? decodeURIComponent(location.pathname) : location.href;
  const hint = 'The file is damaged or from another version: install the package again.';
  if (bytes.length !== file.bytes) {
    throw new IntegrityError(
      { path, expected: `${file.bytes} bytes`, received: `${bytes.length} bytes` },
      { hint },
    );
  }
  const received = await integrityOf(bytes);
  if (received !== file.integrity) {
    throw new IntegrityError({ path, expected: file.integrity, received }, { hint });
  }
  return bytes;
}
