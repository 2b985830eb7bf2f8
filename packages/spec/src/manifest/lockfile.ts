import * as v from 'valibot';
import { InvalidManifestError } from '../errors/invalid-manifest-error';
import { NewerSpecError } from '../errors/newer-spec-error';
import { LIMITS } from '../limits';
import { check } from './check-value';
import type { Immutable } from './immutable';
import {
  fileNameSchema,
  integritySchema,
  packageName,
  packageNameSegment,
  versionSchema,
} from './primitives';

/** Version of the lockfile's format. */
export const LOCKFILE_VERSION = 1;

const lockedEntries = {
  name: packageName,
  version: versionSchema,
  /** The feature space: of a common-knowledge network its own, of a factor the one it was trained with. */
  representation: integritySchema,
  /** Digest of the manifest, as JSON with sorted keys and no white space: classes, input and tolerances are in it. */
  manifest: integritySchema,
  /** Digest of every file that the manifest names. */
  files: v.record(fileNameSchema, integritySchema),
};

export const lockfileSchema = v.object({
  lockfileVersion: v.literal(LOCKFILE_VERSION),
  /** The common-knowledge networks. */
  trunks: v.pipe(v.array(v.object(lockedEntries)), v.minLength(1), v.maxLength(LIMITS.lockedPackages)),
  factors: v.pipe(
    v.array(v.object({ ...lockedEntries, task: packageNameSegment })),
    v.maxLength(LIMITS.lockedPackages),
  ),
});

/** `factornet.lock.json`: exactly which packages a composition consists of, by digest. */
export type Lockfile = Immutable<v.InferOutput<typeof lockfileSchema>>;

/** A lockfile that was not checked yet: as an `import` of the JSON file is typed. */
export type UncheckedLockfile = Immutable<Omit<Lockfile, 'lockfileVersion'> & { lockfileVersion: number }>;

/** One package of a {@link Lockfile}. */
export type LockedPackage = Lockfile['trunks'][number] | Lockfile['factors'][number];

/**
 * Checks that `value` is a lockfile and gives it its type.
 *
 * @param source file, for messages
 * @throws NewerSpecError if it is of a later format
 * @throws InvalidManifestError listing every violation
 */
export function parseLockfile(value: unknown, source: string): Lockfile {
  const version = (value as { lockfileVersion?: unknown } | null | undefined)?.lockfileVersion;
  if (Number.isInteger(version) && (version as number) > LOCKFILE_VERSION) {
    const hint = 'Update the assembler: npm install @factornet/assembler@latest';
    throw new NewerSpecError({ source, version: version as number, supported: LOCKFILE_VERSION }, { hint });
  }
  const result = check(lockfileSchema, value);
  if ('output' in result) return result.output;
  throw new InvalidManifestError(
    { source, issues: result.issues },
    { hint: 'Write it again: factornet lock <package…>' },
  );
}
