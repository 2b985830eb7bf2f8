import { join } from 'node:path';
import { createLock } from '@factornet/assembler/lock';
import { readLock, writeLock } from '@factornet/assembler/node';
import { type AdditionPlan, listInstalled, planAddition } from '@factornet/registry';
import { type SampleProject, sampleCommon, sampleFactor, sampleProject } from '@factornet/registry/testing';
import { InvalidManifestError } from '@factornet/spec';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { addToLock } from './add-to-lock';

const [ckn, shape, hue] = [sampleCommon(), sampleFactor('shape'), sampleFactor('hue')];
let project: SampleProject;
let path: string;

beforeEach(async () => {
  project = await sampleProject({
    dependencies: { '@me/ckn': '*', '@me/shape': '*', '@me/hue': '*', '@you/x': '*' },
  });
  path = join(project.directory, 'factornet.lock.json');
  for (const each of [ckn, shape, hue]) await project.place(each);
});
afterEach(() => project.remove());

const added = (...wanted: Parameters<typeof planAddition>[0]['wanted'][number][]): AdditionPlan =>
  planAddition({ installed: { dependencies: [], commons: [], factors: [] }, wanted, published: [ckn] });

async function lockInstalled(...names: string[]) {
  const { commons, factors } = await listInstalled(project.directory);
  const chosen = factors.filter(({ name }) => names.includes(name));
  return createLock({ common: commons.filter(({ name }) => name === '@me/ckn'), factors: chosen });
}

test('does nothing without a lockfile', async () => {
  expect(await addToLock(added(hue), project.directory)).toBeNull();
  await expect(readLock(path)).rejects.toThrow();
});

test('pins what was added besides what was pinned', async () => {
  await writeLock(path, await lockInstalled('@me/shape'));
  expect(await addToLock(added(hue), project.directory)).toMatchObject({ path, updated: true });
  expect(await readLock(path)).toEqual(await lockInstalled('@me/shape', '@me/hue'));
});

test('leaves a lockfile that pins what is not there, or that the addition has no part in', async () => {
  const before = await lockInstalled('@me/shape');
  const [pinned] = before.factors;
  if (pinned === undefined) throw new Error('nothing is pinned');
  const elsewhere = {
    ...before,
    factors: [...before.factors, { ...pinned, name: '@cdn/size', task: 'size' }],
  };
  await writeLock(path, elsewhere);
  expect(await addToLock(added(hue), project.directory)).toMatchObject({
    updated: false,
    message: expect.stringMatching(
      /is as it was: it pins @cdn\/size, which is not installed.*factornet lock/,
    ),
  });
  expect(await readLock(path)).toEqual(elsewhere);

  await writeLock(path, before);
  const foreign = sampleFactor('x', { name: '@you/x', common: '@you/ckn' });
  await project.place(foreign);
  expect(await addToLock(added(foreign), project.directory)).toMatchObject({
    updated: false,
    message: expect.stringContaining('nothing that was added belongs to it'),
  });
  expect(await readLock(path)).toEqual(before);
});

test('leaves a lockfile whose composition would not go together', async () => {
  await writeLock(path, await lockInstalled('@me/shape'));
  const before = await readLock(path);
  const twin = sampleFactor('shape', { name: '@me/hue' });
  await project.place(twin);
  expect(await addToLock(added(twin), project.directory)).toMatchObject({
    updated: false,
    message: expect.stringContaining('do not go together (duplicate-task)'),
  });
  expect(await readLock(path)).toEqual(before);
});

test('says so of a broken lockfile', async () => {
  await project.write('factornet.lock.json', '{');
  await expect(addToLock(added(hue), project.directory)).rejects.toThrow(InvalidManifestError);
});
