import * as v from 'valibot';
import { InvalidManifestError } from '../errors/invalid-manifest-error';
import { NewerSpecError } from '../errors/newer-spec-error';
import { SPEC_VERSION } from '../spec-version';
import { check } from './check-value';

/**
 * Checks a value by the schema of its `kind`. By hand what `v.variant` does, which is as much code as everything else
 * that reads manifests.
 *
 * @throws NewerSpecError, InvalidManifestError
 */
export function parseKind<T>(
  kinds: Readonly<Record<string, v.GenericSchema>>,
  value: unknown,
  source: string,
): T {
  refuseNewerSpec(value, source);
  const kind = (value as { kind?: unknown } | null | undefined)?.kind;
  const known = typeof kind === 'string' && Object.hasOwn(kinds, kind) ? kinds[kind] : undefined;
  const schema = known ?? v.object({ kind: v.picklist(Object.keys(kinds)) });
  const result = check(schema, value);
  if ('output' in result) return result.output as T;
  throw new InvalidManifestError({ source, issues: result.issues });
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
