import { InvalidManifestError } from '../errors/invalid-manifest-error';
import { type CommonManifest, commonManifestSchema } from './common-manifest';
import { type FactorManifest, factorManifestSchema } from './factor-manifest';
import { parseKind } from './parse-kind';

/** The `factornet` field of a package. */
export type Manifest = CommonManifest | FactorManifest;

const schemas = { common: commonManifestSchema, factor: factorManifestSchema };

/**
 * Checks that `value` is a manifest and gives it its type.
 *
 * @param source file or package name, for messages
 * @throws NewerSpecError if it follows a later specification, whatever else it holds
 * @throws InvalidManifestError listing every violation
 */
export function parseManifest(value: unknown, source: string): Manifest {
  return parseKind<Manifest>(schemas, value, source);
}

export function parseCommonManifest(value: unknown, source: string): CommonManifest {
  return expectKind(parseManifest(value, source), 'common', source);
}

export function parseFactorManifest(value: unknown, source: string): FactorManifest {
  return expectKind(parseManifest(value, source), 'factor', source);
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
