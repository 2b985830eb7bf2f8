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
import { type CommonManifest, commonManifestSchema } from './common-manifest';
import { describeIssue } from './describe-issue';
import { type FactorManifest, factorManifestSchema } from './factor-manifest';
import { type TeacherManifest, teacherManifestSchema } from './teacher-manifest';

export type Manifest = CommonManifest | FactorManifest | TeacherManifest;

const manifestSchema = v.variant('kind', [commonManifestSchema, factorManifestSchema, teacherManifestSchema]);
const brickFileSchema = v.variant('kind', [commonBrickFileSchema, factorBrickFileSchema]);

/**
 * Checks that `value` is a manifest and gives it its type.
 *
 * @param source file or package name, for messages
 * @throws NewerSpecError if it follows a later specification, whatever else it holds
 * @throws InvalidManifestError listing every violation
 */
export function parseManifest(value: unknown, source: string): Manifest {
  return parse(manifestSchema, value, source);
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
  return parse(brickFileSchema, value, source);
}

function parse<Schema extends v.GenericSchema>(schema: Schema, value: unknown, source: string) {
  refuseNewerSpec(value, source);
  const result = v.safeParse(schema, value);
  if (result.success) return result.output;
  throw new InvalidManifestError({ source, issues: result.issues.map(describeIssue) });
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
