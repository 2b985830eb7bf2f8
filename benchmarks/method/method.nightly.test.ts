import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import spawn from 'nano-spawn';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { labelCounts, newTasks } from './job';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'factornet-method-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const run = () =>
  spawn(
    process.execPath,
    [
      ...['--import', 'tsx', '--conditions=@factornet/source', 'method/main.ts'],
      ...['--quick', '--json', '--jobs', '1', '--results', folder],
    ],
    { cwd: fileURLToPath(new URL('..', import.meta.url)) },
  );

it('has every key after a quick run, claims nothing, and does no job twice', async () => {
  const first = await run();
  const report = JSON.parse(first.stdout);
  const figure = { values: [expect.any(Number), expect.any(Number)], mean: expect.any(Number) };
  for (const path of ['factorization.meanAccuracy', 'sharedTrunk.meanAccuracy', 'separate.meanAccuracy']) {
    expect(report).toHaveProperty(path, expect.objectContaining(figure));
  }
  for (const path of ['leakage.kernel.mean', 'ownTask.least', 'codeMatters.least', 'labelSpace.ece']) {
    expect(report).toHaveProperty(path, expect.objectContaining(figure));
  }
  for (const task of newTasks) {
    expect(report.probe[task]).toMatchObject({ z: figure, taps: figure });
    expect(Object.keys(report.newFactor[task])).toEqual(labelCounts);
  }
  expect(report.machine.cpu).toEqual(expect.any(String));
  expect(report.quick).toBe(true);
  expect(report.bars.length).toBeGreaterThan(20);
  expect(report.bars.some(({ met }: { met?: boolean }) => met !== undefined)).toBe(false);
  expect(first.stderr).toMatch(/min left/);
  const again = await run();
  expect(again.stderr).not.toMatch(/min left/);
  expect(JSON.parse(again.stdout).newFactor).toEqual(report.newFactor);
}, 900_000);
