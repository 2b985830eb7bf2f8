import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseJson, readBytes } from '@factornet/core/internal';
import { fileExists, jsonBytes, storableFiles, writeFiles } from '@factornet/core/node';
import { readModel } from '@factornet/core/training';
import {
  InvalidManifestError,
  type KindOptions,
  LIMITS,
  MissingFileError,
  SPEC_VERSION,
} from '@factornet/spec';
import { parseTeacherManifest, type TeacherManifest } from '@factornet/spec/training';
import type { LayersModel } from '@tensorflow/tfjs';
import type { TrainableTaskKind } from '../kinds/trainable-task-kind';
import { layersTeacher } from './layers-teacher';
import type { Teacher } from './teacher';

const FILE = 'teacher.json';

/** Whether a folder is one that {@link writeTeacher} wrote. */
export async function isTeacher(directory: string): Promise<boolean> {
  return fileExists(join(directory, FILE));
}

/**
 * Writes a teacher as a folder, whole or not at all: model files, then `teacher.json`.
 *
 * @throws InvalidManifestError, UnstorableModelError, WriteFailedError, DisposedError
 */
export async function writeTeacher(
  directory: string,
  model: LayersModel,
  description: Omit<TeacherManifest, 'spec' | 'kind' | 'model' | 'parameters'>,
  { kinds }: KindOptions = {},
): Promise<TeacherManifest> {
  const { files, described } = await storableFiles(model, 'teacher');
  const manifest = parseTeacherManifest(
    {
      spec: SPEC_VERSION,
      kind: 'teacher',
      ...description,
      parameters: model.countParams(),
      model: described,
    },
    join(directory, FILE),
    kinds,
  );
  await writeFiles(directory, new Map([...files, [FILE, jsonBytes(manifest)]]));
  return manifest;
}

/**
 * Reads a teacher folder and checks its files against their digests.
 *
 * @param taps instead of the taps that the manifest names
 * @throws MissingFileError, IntegrityError, InvalidManifestError, NewerSpecError, MissingTapError
 */
export async function readTeacher(
  directory: string,
  { taps, kinds }: { taps?: readonly string[]; kinds?: readonly TrainableTaskKind[] | undefined } = {},
): Promise<{ teacher: Teacher; manifest: TeacherManifest }> {
  const manifest = await readTeacherManifest(directory, { kinds });
  const model = await readModel(manifest.model, (name) => pathToFileURL(join(directory, name)));
  const { name, input, tasks } = manifest;
  try {
    const teacher = await layersTeacher({ model, name, input, tasks, kinds, taps: taps ?? manifest.taps });
    return { teacher, manifest };
  } catch (error) {
    model.dispose();
    throw error;
  }
}

/** `teacher.json` of a folder, without the weights. */
export async function readTeacherManifest(
  directory: string,
  { kinds }: KindOptions = {},
): Promise<TeacherManifest> {
  const path = join(directory, FILE);
  let text: string;
  try {
    text = new TextDecoder().decode(await readBytes(pathToFileURL(path), LIMITS.packageJsonBytes));
  } catch (cause) {
    throw new MissingFileError(
      { path },
      { cause, hint: 'Name a folder that `factornet train` wrote, e.g. --teacher teacher/' },
    );
  }
  try {
    return parseTeacherManifest(parseJson(text, path), path, kinds);
  } catch (cause) {
    if (!(cause instanceof SyntaxError)) throw cause;
    throw new InvalidManifestError({ source: path, issues: [`not JSON: ${cause.message}`] }, { cause });
  }
}
