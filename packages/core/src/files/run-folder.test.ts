import { execFileSync } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { InvalidOptionError } from '@factornet/spec';
import { FolderInUseError, WriteFailedError } from '@factornet/spec/training';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { requireSpace } from './free-space';
import { withRunFolder } from './run-folder';

let folder: string;
let lock: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'factornet-run-'));
  lock = join(folder, '.factornet.lock');
});
afterEach(() => rm(folder, { recursive: true }));

const run = (work: () => Promise<unknown> = async () => 'done') => withRunFolder(folder, {}, work);
/** What a run writes into its lock. */
async function written(): Promise<Record<string, unknown>> {
  let text = '';
  await run(async () => {
    text = await readFile(lock, 'utf8');
  });
  return JSON.parse(text);
}
const leave = async (changes: object) =>
  writeFile(lock, JSON.stringify({ ...(await written()), ...changes }));

describe('withRunFolder', () => {
  it('makes the folder, and is alone in it while it runs', async () => {
    const directory = join(folder, 'deep', 'out');
    const result = await withRunFolder(directory, {}, async () => {
      const second = await withRunFolder(directory, {}, async () => 'both').catch((error: unknown) => error);
      expect(FolderInUseError.isInstance(second)).toBe(true);
      expect(second).toMatchObject({
        path: directory,
        holder: expect.stringMatching(new RegExp(`^process ${process.pid} on .+, since 20..-`)),
        hint: expect.stringContaining('.factornet.lock'),
      });
      await writeFile(join(directory, 'result'), 'x');
      return 'first';
    });
    expect(result).toBe('first');
    expect(await readdir(directory)).toEqual(['result']);
  });

  it('is free again after a run that failed, and leaves no empty folder', async () => {
    const directory = join(folder, 'out');
    const failing = withRunFolder(directory, {}, () => Promise.reject(new Error('no data')));
    await expect(failing).rejects.toThrow('no data');
    expect(await readdir(folder)).toEqual([]);
    expect(await withRunFolder(directory, {}, async () => 'again')).toBe('again');
  });

  it('takes over what a process left behind that is gone, also if its number is in use again', async () => {
    const gone = Number(execFileSync(process.execPath, ['-p', 'process.pid'], { encoding: 'utf8' }));
    for (const left of [{ pid: gone }, { token: 'x' }, { token: 'x', process: 'an earlier one' }]) {
      await leave(left);
      expect(await run()).toBe('done');
    }
    expect(await readdir(folder)).toEqual([]);
  });

  it('lets one of many in that find an old lock', async () => {
    await leave({ pid: 2 ** 22 + 7 });
    const all = await Promise.allSettled(
      Array.from({ length: 8 }, () => run(() => new Promise((resolve) => setTimeout(resolve, 100)))),
    );
    expect(all.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(await readdir(folder)).toEqual([]);
  });

  it('leaves alone what another machine, container or thread holds, or someone who is about to say who', async () => {
    for (const other of [{ host: 'elsewhere' }, { space: 'pid:[1]' }, { thread: 99 }]) {
      await leave(other);
      await expect(run()).rejects.toMatchObject({ code: 'folder-in-use' });
      await rm(lock);
    }
    await writeFile(lock, '');
    await expect(run()).rejects.toMatchObject({ holder: 'a process that does not say which' });
  });

  it('replaces a finished result only by force', async () => {
    const finished = async () => 'teacher.json';
    const refused = withRunFolder(folder, { finished }, async () => 'replaced');
    await expect(refused).rejects.toMatchObject({ hint: expect.stringMatching(/teacher\.json.*--force/) });
    await expect(refused).rejects.toThrow(InvalidOptionError);
    expect(await withRunFolder(folder, { finished, force: true }, async () => 'replaced')).toBe('replaced');
    expect(await withRunFolder(folder, { finished: async () => undefined }, async () => 'new')).toBe('new');
  });

  it.each([
    ['a file', 'file', 'a file has the name of a folder'],
    ['below a file', 'file/out', 'a part of its path is a file'],
  ])('says before any work that it cannot write to %s', async (_, name, reason) => {
    await writeFile(join(folder, 'file'), '');
    const path = join(folder, name);
    let worked = false;
    const error = await withRunFolder(path, {}, async () => {
      worked = true;
    }).catch((caught: unknown) => caught);
    expect(WriteFailedError.isInstance(error)).toBe(true);
    expect(error).toMatchObject({ path, reason });
    expect(worked).toBe(false);
  });
});

describe('requireSpace', () => {
  it('takes what fits, and says both numbers of what does not', async () => {
    await requireSpace(folder, 1000);
    await expect(requireSpace(folder, 1e18)).rejects.toMatchObject({
      code: 'write-failed',
      path: folder,
      reason: expect.stringMatching(/^its disk has [\d.]+ MB left, and the run needs 1000000000000\.0 MB$/),
    });
  });
});
