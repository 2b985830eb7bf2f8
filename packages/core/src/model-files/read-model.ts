import { type FileDescription, IntegrityError, type ModelFiles } from '@factornet/spec';
import type { LayersModel } from '@tensorflow/tfjs';
import { pathOf } from '../package-files/read-local-file';
import { inspectTopology } from '../topology/inspect-model';
import { integrityOf } from './digest';
import { decodeModel, loadInspected } from './model-bytes';
import { type Reading, readBytes } from './read-bytes';
import type { ModelBytes } from './two-files';

/** Where the file of that name lies. */
export type FileLocator = (fileName: string) => URL;

/**
 * Reads a Layers model and checks both files against their description before anything is decoded.
 *
 * @throws MissingFileError if a file is not there
 * @throws IntegrityError if a file was truncated or changed
 * @throws RefusedPackageError if it asks for more weights than there are, or one is NaN or infinite
 */
export async function readModel(files: ModelFiles, locate: FileLocator): Promise<LayersModel> {
  return decodeModel(await readModelFiles(files, locate), pathOf(locate(files.topology.path)));
}

/**
 * As {@link readModel}, for a model of a stranger's package: its topology is read and inspected before the weights,
 * so that nothing is read or allocated for a model that is not what packages may hold.
 *
 * @param pictures how many golden probes it is there to be run on
 * @throws MissingFileError, IntegrityError, RefusedPackageError, CancelledError
 */
export async function readPackedModel(
  files: ModelFiles,
  locate: FileLocator,
  source: string,
  reading?: Reading,
  pictures?: number,
): Promise<LayersModel> {
  const name = `${files.topology.path} of ${source}`;
  const read = (file: FileDescription) => readPackedFile(file, locate, reading);
  const inspected = inspectTopology(await read(files.topology), files.weights, name, pictures);
  return loadInspected(inspected, await read(files.weights), name);
}

/** Both files of a model, checked against their description. @throws MissingFileError, IntegrityError */
async function readModelFiles(files: ModelFiles, locate: FileLocator): Promise<ModelBytes> {
  const [topology, weights] = await Promise.all([
    readVerified(files.topology, locate),
    readVerified(files.weights, locate),
  ]);
  return { topology, weights };
}

/** The bytes of one described file of one's own. @throws MissingFileError, IntegrityError */
export function readVerified(file: FileDescription, locate: FileLocator): Promise<Uint8Array<ArrayBuffer>> {
  return readDescribed(file, locate, false);
}

/**
 * The bytes of one described file of a stranger's package: a local one has to be a file of its own, no link.
 *
 * @throws MissingFileError, IntegrityError, RefusedPackageError, CancelledError
 */
export function readPackedFile(
  file: FileDescription,
  locate: FileLocator,
  reading?: Reading,
): Promise<Uint8Array<ArrayBuffer>> {
  return readDescribed(file, locate, true, reading);
}

async function readDescribed(file: FileDescription, locate: FileLocator, packed: boolean, reading?: Reading) {
  const location = locate(file.path);
  const bytes = await readBytes(location, file.bytes, packed, reading);
  await checkIntegrity(bytes, file, pathOf(location));
  return bytes;
}

/** @throws IntegrityError unless these are the bytes that the description promises */
async function checkIntegrity(
  bytes: Uint8Array<ArrayBuffer>,
  file: FileDescription,
  path: string,
): Promise<void> {
  const hint = 'The file is damaged or from another version: install the package again.';
  if (bytes.length !== file.bytes) {
    // Reading stopped at one byte too many.
    const received = bytes.length > file.bytes ? `more than ${file.bytes} bytes` : `${bytes.length} bytes`;
    throw new IntegrityError({ path, expected: `${file.bytes} bytes`, received }, { hint });
  }
  const received = await integrityOf(bytes);
  if (received !== file.integrity) {
    throw new IntegrityError({ path, expected: file.integrity, received }, { hint });
  }
}
