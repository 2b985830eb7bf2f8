import { InvalidManifestError } from '../errors/invalid-manifest-error';
import type { TaskKind } from '../kinds/task-kind';
import { taskKinds, taskSchema } from '../kinds/task-kinds';
import { type CommonManifest, commonManifestSchema } from './common-manifest';
import { type FactorManifest, factorManifestSchema } from './factor-manifest';
import { parseKind } from './parse-kind';

/** The `factornet` field of a package. */
export type Manifest = CommonManifest | FactorManifest;

/**
 * Checks that `value` is a manifest and gives it its type.
 *
 * @param source file or package name, for messages
 * @param kinds of tasks that a factor may have
 * @throws NewerSpecError if it follows a later specification, whatever else it holds
 * @throws InvalidManifestError listing every violation
 */
export function parseManifest(
  value: unknown,
  source: string,
  kinds: readonly TaskKind[] = taskKinds,
): Manifest {
  const schemas = { common: commonManifestSchema, factor: factorManifestSchema(taskSchema(kinds)) };
  return parseKind<Manifest>(schemas, value, source);
}

export function parseCommonManifest(value: unknown, source: string): CommonManifest {
  return expectKind(parseManifest(value, source), 'common', source);
}

export function parseFactorManifest(
  value: unknown,
  source: string,
  kinds?: readonly TaskKind[],
): FactorManifest {
  return expectKind(parseManifest(value, source, kinds), 'factor', source);
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
