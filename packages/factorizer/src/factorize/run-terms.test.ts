import { useBackend } from '@factornet/core';
import { beforeAll, describe, expect, it } from 'vitest';
import { commonObjective } from '../objective/common-objective';
import { supervision } from '../objective/supervision';
import { layersTeacher } from '../teacher/layers-teacher';
import type { Teacher } from '../teacher/teacher';
import { tinyInput, tinyTeacher, tinyTeacherModel, weightBytes } from '../testing/tiny';
import { networksOf, tinyRun, tinyRunData } from '../testing/tiny-run';
import { disposeFactorization } from './factorization';
import { factorize } from './factorize';
import type { FactorizeOptions } from './factorize-options';

beforeAll(() => useBackend('wasm'));

async function finish(teacher: Teacher, change: Partial<FactorizeOptions<Teacher['tasks']>>) {
  const objective = [supervision(), ...commonObjective()];
  const result = await factorize({ ...tinyRun(teacher), epochs: 1, pruneBelow: 0, objective, ...change });
  const bytes = await weightBytes(...networksOf(result));
  const terms = Object.keys(result.history[0]?.terms ?? {});
  disposeFactorization(result);
  return { bytes, terms };
}

describe('terms of a run', () => {
  it('get moments of what they read, the same bits whether the teacher’s answers are kept or not', async () => {
    const { teacher } = await tinyTeacher(tinyRunData().tasks);
    const kept = await finish(teacher, { maps: ['block-1', 'block-2'] });
    expect(kept.terms.toSorted()).toEqual([
      'common-distillation',
      'common-information',
      'map-information',
      'supervision',
    ]);
    const anew = await finish(teacher, { maps: ['block-1', 'block-2'], teacherCacheBytes: 0 });
    expect(anew).toEqual(kept);
    teacher.dispose();
  });

  it('are left out where maps are needed that the common network or the teacher lacks', async () => {
    const { teacher } = await tinyTeacher(tinyRunData().tasks);
    expect((await finish(teacher, {})).terms).not.toContain('map-information');
    teacher.dispose();
    const { tasks } = tinyRunData();
    const shared = { model: tinyTeacherModel(tasks), name: 'vectors', input: tinyInput, tasks };
    const ofVectors = await layersTeacher({ ...shared, taps: ['teacher/features'] });
    const { terms } = await finish(ofVectors, { maps: ['block-1'] });
    expect(terms).toContain('common-information');
    expect(terms).not.toContain('map-information');
    ofVectors.dispose();
  });

  it('are refused for want of taps before the teacher is asked about anything', async () => {
    const { tasks } = tinyRunData();
    const shared = { model: tinyTeacherModel(tasks), name: 'untapped', input: tinyInput, tasks };
    const untapped = await layersTeacher({ ...shared, taps: [] });
    let asked = 0;
    const evaluate: Teacher['evaluate'] = (images) => {
      asked++;
      return untapped.evaluate(images);
    };
    await expect(finish({ ...untapped, evaluate }, {})).rejects.toThrow(/taps must be at least one/);
    expect(asked).toBe(0);
    untapped.dispose();
  });
});
