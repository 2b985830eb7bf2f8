import { Ajv } from 'ajv';
import { describe, expect, it } from 'vitest';
import { manifestJsonSchema, manifestKinds } from '../../scripts/json-schemas';
import { alter, common, crossFieldViolations, factor, teacher, violations } from './fixtures';

const validators = Object.fromEntries(
  manifestKinds.map((kind) => [kind, new Ajv({ strict: true }).compile(manifestJsonSchema(kind))]),
);

function accepts(manifest: unknown, kind: string): boolean {
  return validators[kind]?.(manifest) as boolean;
}

describe('the JSON Schema of manifests', () => {
  it('accepts each good manifest as its own kind alone', () => {
    for (const manifest of [common, factor, teacher]) {
      const accepting = manifestKinds.filter((kind) => accepts(manifest, kind));
      expect(accepting).toEqual([manifest.kind]);
    }
  });

  it.each(violations)('rejects $path = $replacement at its place', ({ manifest, path, replacement }) => {
    const { kind } = manifest as { kind: string };
    expect(accepts(alter(manifest, path, replacement), kind)).toBe(false);
    const [error] = validators[kind]?.errors ?? [];
    const place = [...(error?.instancePath.split('/') ?? []), error?.params.missingProperty];
    expect(place.filter(Boolean).join('.')).toBe(path);
  });

  it.each(crossFieldViolations)('cannot see $path = $replacement, as documented', (violation) => {
    const { kind } = violation.manifest as { kind: string };
    expect(accepts(alter(violation.manifest, violation.path, violation.replacement), kind)).toBe(true);
  });

  it('has a title and a dialect', () => {
    expect(manifestJsonSchema('common')).toMatchObject({
      $schema: 'http://json-schema.org/draft-07/schema#',
      title: expect.stringContaining('common-knowledge'),
    });
  });
});
