import { disposeBrick, useBackend } from '@factornet/core';
import { CancelledError } from '@factornet/spec';
import { memory } from '@tensorflow/tfjs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { disposeFactorization } from '../factorize/factorization';
import { factorize } from '../factorize/factorize';
import { trainFactor } from '../factorize/train-factor';
import type { Teacher } from '../teacher/teacher';
import { tinySpecific, tinyTeacher } from '../testing/tiny';
import { tinyRun, tinyRunData } from '../testing/tiny-run';
import type { ProgressEvent } from '../training/progress';

let teacher: Teacher;
beforeAll(async () => {
  await useBackend('wasm');
  teacher = (await tinyTeacher(tinyRunData().tasks)).teacher;
});
afterAll(() => teacher.dispose());

describe('a run that ended', () => {
  it('says what is wrong, as a note and in what it returns; the report of a dead factor keeps it', async () => {
    const events: ProgressEvent[] = [];
    const onProgress = (event: ProgressEvent) => events.push(event);
    const { data } = tinyRun(teacher);
    // All that every code tells is cut.
    const made = await factorize({ ...tinyRun(teacher), epochs: 1, onProgress, pruneBelow: 100 });
    const dead = made.findings.filter(({ code }) => code === 'dead-code');
    expect(dead.map(({ task }) => task)).toEqual(['shape', 'object-hue']);
    const told = events.flatMap((event) => (event.type === 'note' && event.finding ? [event.finding] : []));
    expect(told).toEqual(made.findings);
    for (const [task, { description }] of Object.entries(made.factors)) {
      expect(description.report.dead).toBe(
        `The code of "${task}" is dead: t is the same for each of 48 pictures.`,
      );
    }
    const before = memory().numTensors;
    const [task] = teacher.tasks;
    const one = await trainFactor({
      ...{ teacher, data, batchSize: 16, epochs: 1 },
      common: made.common,
      task: task as (typeof teacher.tasks)[number],
      specific: tinySpecific(),
      pruneBelow: 0,
    });
    // Of 48 pictures little can be told for sure.
    expect(one.findings.map(({ code }) => code)).not.toContain('dead-code');
    expect(one.findings.every((finding) => finding.task === 'shape')).toBe(true);
    expect(one.factor.description.report.dead).toBeUndefined();
    disposeBrick(one.factor);
    expect(memory().numTensors).toBe(before);
    disposeFactorization(made);
  });

  it('stops on request, and hands over what was trained', async () => {
    const controller = new AbortController();
    let stopped = 0;
    const run = factorize({
      ...tinyRun(teacher),
      epochs: 1,
      signal: controller.signal,
      onProgress: (event) => event.type === 'epoch' && controller.abort(),
      onStopped: (partial) => {
        stopped += 1;
        expect(partial.findings).toEqual([]);
        disposeFactorization(partial);
      },
    });
    await expect(run).rejects.toSatisfy(CancelledError.isInstance);
    expect(stopped).toBe(1);
  });
});
