import * as v from 'valibot';
import { InvalidManifestError } from '../errors/invalid-manifest-error';
import { NewerSpecError } from '../errors/newer-spec-error';
import { SPEC_VERSION } from '../spec-version';
import {
  type CommonBrickFile,
  commonBrickFileSchema,
  type FactorBrickFile,
  factorBrickFileSchema,
} from './brick-file';
import { check } from './check-value';
import { type CommonManifest, commonManifestSchema } from './common-manifest';
import { type FactorManifest, factorManifestSchema } from './factor-manifest';
import { type TeacherManifest, teacherManifestSchema } from './teacher-manifest';

export type Manifest = CommonManifest | FactorManifest | TeacherManifest;

const manifestSchemas = {
  common: commonManifestSchema,
  factor: factorManifestSchema,
  teacher: teacherManifestSchema,
};
const brickFileSchemas = { common: commonBrickFileSchema, factor: factorBrickFileSchema };

/**
 * Checks that `value` is a manifest and gives it its type.
 *
 * @param source file or package name, for messages
 * @throws NewerSpecError if it follows a later specification, whatever else it holds
 * @throws InvalidManifestError listing every violation
 */
export function parseManifest(value: unknown, source: string): Manifest {
  return parse<Manifest>(manifestSchemas, value, source);
}

export function parseCommonManifest(value: unknown, source: string): CommonManifest {
  return expectKind(parseManifest(value, source), 'common', source);
}

export function parseFactorManifest(value: unknown, source: string): FactorManifest {
  return expectKind(parseManifest(value, source), 'factor', source);
}

export function parseTeacherManifest(value: unknown, source: string): TeacherManifest {
  return expectKind(parseManifest(value, source), 'teacher', source);
}

/** Checks what a `brick.json` holds, as {@link parseManifest} does for manifests. */
export function parseBrickFile(value: unknown, source: string): CommonBrickFile | FactorBrickFile {
  return parse<CommonBrickFile | FactorBrickFile>(brickFileSchemas, value, source);
}

/** By hand what `v.variant` does, which is as much code as everything else that reads manifests. */
function parse<T>(kinds: Readonly<Record<string, v.GenericSchema>>, value: unknown, source: string): T {
  refuseNewerSpec(value, source);
  const kind = (value as { kind?: unknown } | null | undefined)?.kind;
  const known = typeof kind === 'string' && Object.hasOwn(kinds, kind) ? kinds[kind] : undefined;
  const schema = known ?? v.object({ kind: v.picklist(Object.keys(kinds)) });
  const result = check(schema, value);
  if ('output' in result) return result.output as T;
  throw new InvalidManifestError({ source, issues: result.issues });
}

function expectKind<K extends Manifest['kind']>(manifest: Manifest, kind: K, source: string) {
  if (manifest.kind !== kind) {
    throw new InvalidManifestError({
      source,
      issues: [`kind: expected "${kind}", found "${manifest.kind}"`],
    });
  }
  return manifest as Extract<Manifest, { kind: K }>;
}

function refuseNewerSpec(value: unknown, source: string): void {
  const version = (value as { spec?: unknown } | null | undefined)?.spec;
  if (typeof version === 'number' && Number.isInteger(version) && version > SPEC_VERSION) {
    throw new NewerSpecError(
      { source, version, supported: SPEC_VERSION },
      {
        hint: 'Update @factornet/assembler and @factornet/cli, e.g. npm install @factornet/assembler@latest',
      },
    );
  }
}
