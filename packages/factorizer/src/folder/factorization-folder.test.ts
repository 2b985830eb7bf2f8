import { mkdir, mkdtemp, readdir, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { useBackend } from '@factornet/core';
import { expectNoLeak } from '@factornet/core/testing';
import { CancelledError, IntegrityError } from '@factornet/spec';
import { memory } from '@tensorflow/tfjs';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { disposeFactorization, type Factorization } from '../factorize/factorization';
import type { Teacher } from '../teacher/teacher';
import { tinySpecific, tinyTeacher, weightBytes } from '../testing/tiny';
import { networksOf, tinyRun, tinyRunData } from '../testing/tiny-run';
import {
  commonFolder,
  factorFolder,
  findNetwork,
  listFactors,
  readFactorization,
  removeFactorization,
  writeFactorization,
} from './factorization-folder';
import { factorizeInto } from './factorize-into';
import { runPaths } from './run-paths';
import { trainFactorInto } from './train-factor-into';

let teacher: Teacher;
let made: Factorization;
let whole: string;
let folder: string;
beforeAll(async () => {
  await useBackend('wasm');
  teacher = (await tinyTeacher(tinyRunData().tasks)).teacher;
  whole = await mkdtemp(join(tmpdir(), 'factornet-whole-'));
  made = await factorizeInto(whole, { ...tinyRun(teacher), epochs: 1 });
});
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'factornet-folder-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));
afterAll(async () => {
  teacher.dispose();
  disposeFactorization(made);
  await rm(whole, { recursive: true });
});

describe('a factorization as a folder', () => {
  it('comes back as it was, with its history, and leaves nothing behind', async () => {
    expect((await readdir(whole)).sort()).toEqual(['common', 'factors', 'findings.json', 'history.json']);
    const read = await readFactorization(whole);
    const { shape, 'object-hue': hue } = made.factors;
    const sorted = { ...made, factors: { 'object-hue': hue, shape } as Factorization['factors'] };
    expect(await weightBytes(...networksOf(read))).toEqual(await weightBytes(...networksOf(sorted)));
    expect(read.history).toEqual(made.history);
    expect(made.findings.length).toBeGreaterThan(0);
    expect(read.findings).toEqual(made.findings);
    expect(Object.keys(read.factors)).toEqual(['object-hue', 'shape']);
    disposeFactorization(read);
    await expectNoLeak(async () => disposeFactorization(await readFactorization(whole)));
  });

  it('replaces an earlier one with other tasks, and removes nothing that is not its own', async () => {
    await writeFactorization(made, folder);
    await mkdir(factorFolder(folder, 'mine'), { recursive: true });
    const { shape } = made.factors;
    await writeFactorization({ ...made, factors: { shape } as Factorization['factors'] }, folder);
    expect(await listFactors(folder)).toEqual(['shape']);
    expect(await findNetwork(folder)).toBe('common');
    await writeFile(join(folder, 'notes.txt'), '');
    await removeFactorization(folder);
    expect(await findNetwork(folder)).toBeUndefined();
    expect((await readdir(folder)).sort()).toEqual(['factors', 'notes.txt']);
  });

  it('keeps no tensor of the networks before one that is damaged', async () => {
    await writeFactorization(made, folder);
    await truncate(join(factorFolder(folder, 'shape'), 'head.weights.bin'), 8);
    const before = memory().numTensors;
    await expect(readFactorization(folder)).rejects.toThrow(IntegrityError);
    expect(memory().numTensors).toBe(before);
  });
});

describe('factorizeInto and trainFactorInto', () => {
  it('keep state and last good weights when they are stopped, and neither in the end', async () => {
    const abort = new AbortController();
    const stopped = factorizeInto(folder, {
      ...tinyRun(teacher),
      signal: abort.signal,
      onProgress: ({ type }) => type === 'epoch' && abort.abort(),
    });
    await expect(stopped).rejects.toThrow(CancelledError);
    const { partial } = runPaths(folder);
    expect((await readdir(folder)).sort()).toEqual(['checkpoint-together.safetensors', 'partial']);
    expect(await listFactors(partial)).toEqual(['object-hue', 'shape']);
    const events: string[] = [];
    const resumed = await factorizeInto(folder, {
      ...tinyRun(teacher),
      onProgress: (event) => event.type === 'epoch' && events.push(`${event.epoch}`),
    });
    expect(events).toHaveLength(1);
    expect((await readdir(folder)).sort()).toEqual(['common', 'factors', 'findings.json', 'history.json']);
    disposeFactorization(resumed);
  });

  it('put one more factor beside those that are there', async () => {
    await writeFactorization(made, folder);
    const task = { ...teacher.tasks[0], name: 'again' } as (typeof teacher.tasks)[number];
    const data = { ...tinyRunData(), tasks: [task] };
    const read = async (indices: Parameters<typeof data.read>[0]) => {
      const { labels, ...rest } = await tinyRunData().read(indices);
      return { ...rest, labels: { again: labels.shape as Int32Array } };
    };
    const { factor } = await trainFactorInto(folder, {
      common: made.common,
      task,
      specific: tinySpecific(),
      data: { ...data, read },
      epochs: 1,
      batchSize: 16,
    });
    expect(await listFactors(folder)).toEqual(['again', 'object-hue', 'shape']);
    expect(await readdir(folder)).toEqual(
      expect.arrayContaining(['history-again.json', 'findings-again.json']),
    );
    expect(await readdir(commonFolder(folder))).toContain('brick.json');
    expect(factor.description.representation).toBe(made.common.description.representation);
    for (const model of [factor.specific, factor.head]) model.dispose();
  });
});
