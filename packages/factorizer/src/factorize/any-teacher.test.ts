import { useBackend } from '@factornet/core';
import type { TaskDescription } from '@factornet/spec';
import { type Scalar, type Tensor4D, tidy } from '@tensorflow/tfjs';
import { beforeAll, describe, expect, it } from 'vitest';
import { describeTeacher } from '../conformance/describe-teacher';
import { collectCodes } from '../evaluation/collect-codes';
import { measureTeacher } from '../evaluation/measure-teacher';
import { trainableTaskKinds } from '../kinds/trainable-task-kinds';
import { frozenCommonPart } from '../networks/common-part';
import { infoMaxBottleneck } from '../objective/info-max-bottleneck';
import type { ObjectiveTerm } from '../objective/objective-term';
import type { Teacher } from '../teacher/teacher';
import { keepTasks, taskNamed, tinyData, tinyTeacher, weightBytes } from '../testing/tiny';
import { networksOf, tinyRun, tinyTasks } from '../testing/tiny-run';
import { workerTeacher } from '../testing/worker-teacher';
import type { ProgressEvent } from '../training/progress';
import { disposeFactorization } from './factorization';
import { factorize } from './factorize';
import type { FactorizeOptions } from './factorize-options';

beforeAll(async () => void (await useBackend('wasm')));

const tasks = tinyTasks.map((name) => taskNamed(tinyData(1), name));

/** Draws z to what tiles look like in the middle: reads the map where it is, not what its positions average to. */
function middleTiles(): ObjectiveTerm & { readonly seen: (readonly number[])[] } {
  const seen: (readonly number[])[] = [];
  return {
    seen,
    name: 'middle-tiles',
    weight: 0.1,
    sense: 'minimise',
    needs: ['teacher'],
    reads: (features) => features.slice([0, 1, 1, 0], [-1, 2, 2, 3]),
    prepare({ tapShapes }) {
      seen.push(tapShapes.tiles ?? []);
      return {
        variables: [],
        evaluate: ({ teacherFeatures, common }) =>
          tidy(() => {
            const { tiles } = teacherFeatures;
            seen.push(tiles?.shape ?? []);
            const brightness = (tiles as Tensor4D).mean([1, 2, 3]);
            return common.mean(1).sub(brightness).square().mean() as Scalar;
          }),
        dispose: () => {},
      };
    },
  };
}

async function run(teacher: Teacher, change: Partial<FactorizeOptions<readonly TaskDescription[]>> = {}) {
  const events: ProgressEvent[] = [];
  const trained = await factorize({
    ...tinyRun(teacher),
    tasks,
    epochs: 1,
    onProgress: (event) => events.push(event),
    ...change,
  });
  const bytes = await weightBytes(...networksOf(trained));
  return {
    trained,
    bytes,
    notes: events.filter((event) => event.type === 'note' && event.finding === undefined),
  };
}

describe('a teacher that is no TensorFlow.js network', () => {
  it('trains a factorization, and terms read its maps in their own ways', async () => {
    const teacher = await workerTeacher(tasks);
    const term = middleTiles();
    const objective = [...infoMaxBottleneck(), term];
    const { trained } = await run(teacher, { objective });
    expect(Object.keys(trained.history[0]?.terms ?? {})).toContain('common-information');
    expect(term.seen[0]).toEqual([2, 2, 3]);
    for (const shape of term.seen.slice(1)) expect(shape).toEqual([16, 2, 2, 3]);
    const { common, factors } = trained;
    const data = keepTasks(tinyData(20, 2), tinyTasks);
    const accuracy = await measureTeacher(teacher, data);
    expect(Object.keys(accuracy).sort()).toEqual([...tinyTasks].sort());
    // What leakage is measured against: positions averaged.
    const codes = await collectCodes({
      teacher,
      common: frozenCommonPart(common),
      factors: Object.values(factors),
      kinds: trainableTaskKinds,
      data,
      seed: 0,
    });
    expect(codes.columns.joined('teacher/features/')).toMatchObject({ rows: 20, columns: 3 });
    disposeFactorization(trained);
    teacher.dispose();
  });
});

describe('the limit of what is kept of a teacher’s answers', () => {
  it('changes no bit of what is trained', async () => {
    const { teacher } = await tinyTeacher();
    const hue = taskNamed(tinyData(1), 'object-hue');
    const labelSpace = { name: hue.name, classes: hue.classes, indices: [0, 1, 2] };
    // Also what is fitted afterwards: the scale of the logits of some classes.
    const some: TaskDescription = { ...hue, name: 'some-hues', classes: hue.classes.slice(0, 3), labelSpace };
    const chosen = [taskNamed(tinyData(1), 'shape'), some];
    const kept = await run(teacher, { tasks: chosen });
    const anew = await run(teacher, { tasks: chosen, teacherCacheBytes: 0 });
    expect(kept.notes).toEqual([]);
    expect(anew.notes).toHaveLength(1);
    expect(anew.bytes).toEqual(kept.bytes);
    expect(anew.trained.history).toEqual(kept.trained.history);
    expect(anew.trained.factors['some-hues']?.description).toEqual(
      kept.trained.factors['some-hues']?.description,
    );
    for (const { trained } of [kept, anew]) disposeFactorization(trained);
    teacher.dispose();
  });
});

describeTeacher('a teacher in another thread', () => workerTeacher(tasks));
