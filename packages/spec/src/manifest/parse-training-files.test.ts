import { describe, expect, it } from 'vitest';
import { InvalidManifestError } from '../errors/invalid-manifest-error';
import { NewerSpecError } from '../errors/newer-spec-error';
import { alter, common, factor, teacher } from './fixtures';
import { parseBrickFile, parseTeacherManifest } from './parse-training-files';

function issuesOf(value: unknown, parse: (value: unknown, source: string) => unknown) {
  try {
    parse(value, 'broken');
  } catch (error) {
    if (InvalidManifestError.isInstance(error)) return error.issues;
    throw error;
  }
  return [];
}

describe('parseTeacherManifest', () => {
  it('reads a good one, as it was written, and refuses packages by their kind', () => {
    expect(parseTeacherManifest(JSON.parse(JSON.stringify(teacher)), 'a')).toEqual(teacher);
    expect(issuesOf(factor, parseTeacherManifest)).toEqual([expect.stringMatching(/^kind: .*"factor"/)]);
  });
});

describe('parseBrickFile', () => {
  const {
    spec,
    model,
    kind,
    multiplyAdds: _m,
    probes: _p,
    compatibility: _c,
    narrowing: _n,
    ...description
  } = common;
  const { specific, head, common: madeFor, spec: _, kind: __, ...described } = factor;
  const { multiplyAdds: _a, probes: _b, narrowing: _d, ...rest } = described;
  const commonFile = { spec, kind, description, model };
  const factorFile = {
    spec,
    kind: 'factor',
    description: { ...rest, representation: madeFor.representation },
    specific,
    head,
  };

  it('reads both kinds', () => {
    expect(parseBrickFile(commonFile, 'brick.json')).toEqual(commonFile);
    expect(parseBrickFile(factorFile, 'brick.json')).toEqual(factorFile);
  });

  it('reports violations at their path, and newer versions', () => {
    const broken = alter(factorFile, 'description.task.name', 'Hue');
    expect(issuesOf(broken, parseBrickFile)[0]).toMatch(/^description\.task\.name: /);
    expect(issuesOf(alter(commonFile, 'model', undefined), parseBrickFile)[0]).toMatch(/^model: /);
    expect(issuesOf(alter(factorFile, 'head', specific), parseBrickFile)[0]).toMatch(/must not share a file/);
    expect(issuesOf(null, parseBrickFile)).toHaveLength(1);
    expect(() => parseBrickFile({ spec: 2 }, 'brick.json')).toThrow(NewerSpecError);
  });
});
