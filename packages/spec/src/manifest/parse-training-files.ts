import type { TaskKind } from '../kinds/task-kind';
import { taskKinds, taskSchema } from '../kinds/task-kinds';
import {
  type CommonBrickFile,
  commonBrickFileSchema,
  type FactorBrickFile,
  factorBrickFileSchema,
} from './brick-file';
import { parseKind } from './parse-kind';
import { type TeacherManifest, teacherManifestSchema } from './teacher-manifest';

/**
 * Checks what a `teacher.json` holds, as `parseManifest` does for packages.
 *
 * @throws NewerSpecError, InvalidManifestError
 */
export function parseTeacherManifest(
  value: unknown,
  source: string,
  kinds: readonly TaskKind[] = taskKinds,
): TeacherManifest {
  return parseKind({ teacher: teacherManifestSchema(taskSchema(kinds)) }, value, source);
}

/**
 * Checks what a `brick.json` holds, as `parseManifest` does for packages.
 *
 * @throws NewerSpecError, InvalidManifestError
 */
export function parseBrickFile(
  value: unknown,
  source: string,
  kinds: readonly TaskKind[] = taskKinds,
): CommonBrickFile | FactorBrickFile {
  const schemas = { common: commonBrickFileSchema, factor: factorBrickFileSchema(taskSchema(kinds)) };
  return parseKind(schemas, value, source);
}
