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
export function parseTeacherManifest(value: unknown, source: string): TeacherManifest {
  return parseKind({ teacher: teacherManifestSchema }, value, source);
}

/**
 * Checks what a `brick.json` holds, as `parseManifest` does for packages.
 *
 * @throws NewerSpecError, InvalidManifestError
 */
export function parseBrickFile(value: unknown, source: string): CommonBrickFile | FactorBrickFile {
  return parseKind({ common: commonBrickFileSchema, factor: factorBrickFileSchema }, value, source);
}
