import { describe, expect, it } from 'vitest';
import { InvalidManifestError } from '../errors/invalid-manifest-error';
import { NewerSpecError } from '../errors/newer-spec-error';
import { alter, common, crossFieldViolations, factor, teacher, violations } from './fixtures';
import { parseCommonManifest, parseFactorManifest, parseManifest } from './parse-manifest';
import { parseTeacherManifest } from './parse-training-files';

function issuesOf(value: unknown, parse: (value: unknown, source: string) => unknown = parseManifest) {
  try {
    parse(value, '@acme/broken');
  } catch (error) {
    if (InvalidManifestError.isInstance(error)) return error.issues;
    throw error;
  }
  return [];
}

/** Teachers are no packages, and have a parser of their own. */
const parserOf = (manifest: object) => (manifest === teacher ? parseTeacherManifest : parseManifest);

describe('parseManifest', () => {
  it.each([common, factor])('reads a good $kind manifest, as it was written', (manifest) => {
    expect(parseManifest(JSON.parse(JSON.stringify(manifest)), '@acme/good')).toEqual(manifest);
  });

  it('reads a manifest without its optional parts', () => {
    const noReport = ['logitScale', 'temperature'].reduce(
      (each, field) => alter(each, field, undefined) as object,
      alter(factor, 'report', {}) as object,
    );
    const lean = alter(alter(noReport, 'narrowing', undefined) as object, 'provenance.teacher', undefined);
    expect(issuesOf(alter(lean as object, 'task.labelSpace', undefined))).toEqual([]);
  });

  it('tells the first of very many violations, and no more of a huge value than tells that it is wrong', () => {
    const wrong = (count: number) => issuesOf(alter(factor, 'task.classes', new Array(count).fill(0)));
    expect(wrong(50)).toHaveLength(50);
    expect(wrong(60)).toHaveLength(51);
    expect(wrong(60).at(-1)).toBe('and 10 more');
    expect(wrong(20_000)).toEqual([expect.stringMatching(/^task\.classes\.0: /)]);
    const long = issuesOf(alter(common, 'input.layout', 'x'.repeat(100_000)));
    expect(long).toEqual([expect.stringMatching(/^input\.layout: .{1,300}…$/)]);
  });

  it('ignores fields it does not know', () => {
    expect(parseManifest({ ...common, licence: 'MIT' }, '@acme/good')).toEqual(common);
  });

  it.each(violations)('reports $path = $replacement at its path', ({ manifest, path, replacement }) => {
    const places = issuesOf(alter(manifest, path, replacement), parserOf(manifest)).map(
      (issue) => issue.split(':')[0] as string,
    );
    // An item that is missing or too many is reported at its own place, e.g. input.shape.2.
    expect(places.some((place) => place === path || place.startsWith(`${path}.`))).toBe(true);
    // A rule across fields may be broken too; nothing elsewhere is.
    expect(places.filter((place) => !place.startsWith(path) && !path.startsWith(`${place}.`))).toEqual([]);
  });

  it.each(crossFieldViolations)('reports $path = $replacement, a rule across fields', (violation) => {
    const { manifest, path, replacement } = violation;
    const issues = issuesOf(alter(manifest, path, replacement), parserOf(manifest));
    expect(issues.filter((issue) => issue.startsWith(violation.reported))).not.toEqual([]);
  });

  it('reports every violation at once, and names the source', () => {
    const broken = alter(
      alter(common, 'parameters', 0) as object,
      'model.weights.path',
      'weights.exe',
    ) as object;
    expect(issuesOf(broken)).toHaveLength(2);
    expect(() => parseManifest(broken, '@acme/broken')).toThrow(
      /manifest of @acme\/broken is not valid:\n {2}- /,
    );
  });

  it.each([undefined, null, 3, 'common', []])('refuses %j', (value) => {
    expect(issuesOf(value)).toHaveLength(1);
  });

  it('refuses a kind it does not know, and says which ones there are', () => {
    const [issue, ...rest] = issuesOf({ ...common, kind: 'adapter' });
    expect(rest).toEqual([]);
    expect(issue).toMatch(/^kind: .*"common".*"factor".*"adapter"/);
  });

  it('says that a newer manifest is newer, even if nothing else in it can be read', () => {
    for (const value of [{ ...common, spec: 2 }, { spec: 99, kind: 'hologram' }, { spec: 2 }]) {
      expect(() => parseManifest(value, '@acme/future')).toThrow(NewerSpecError);
    }
    expect(() => parseManifest({ spec: 2 }, '@acme/future')).toThrow(
      /@acme\/future follows version 2 .* up to version 1\.\nUpdate @factornet/,
    );
  });

  it('does not take a version that is no number for a newer one', () => {
    expect(issuesOf({ ...common, spec: '2' })[0]).toMatch(/^spec: /);
    expect(issuesOf({ ...common, spec: 1.5 })[0]).toMatch(/^spec: /);
  });
});

describe('parsing one kind', () => {
  it('reads that kind and refuses the others by name', () => {
    expect(parseCommonManifest(common, 'a')).toEqual(common);
    expect(parseFactorManifest(factor, 'a')).toEqual(factor);
    expect(issuesOf(common, parseFactorManifest)).toEqual(['kind: expected "factor", found "common"']);
    expect(issuesOf(teacher, parseCommonManifest)).toEqual([expect.stringMatching(/^kind: .*"teacher"/)]);
  });
});
