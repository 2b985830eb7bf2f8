import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CancelledError } from '@factornet/spec';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ManagerFailure, runManager } from './run-manager';

let folder: string;
/** Stands for a package manager that takes its time; npm itself takes a second to start. */
let slow: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'factornet-run-'));
  slow = join(folder, 'slow');
  await writeFile(slow, '#!/bin/sh\necho begun\necho "npm error code E404" >&2\nexec sleep 30\n');
  await chmod(slow, 0o755);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const failure = (attempt: Promise<unknown>) => attempt.catch((error: unknown) => error);

describe('runManager', () => {
  it('gives up when the time is over, and says so', async () => {
    const error = await failure(runManager(slow, [], { timeout: 200 }));
    expect(error).toBeInstanceOf(ManagerFailure);
    expect(error).toMatchObject({ code: 'ETIMEDOUT', words: 'It took more than 200 ms.' });
  });

  it('ends when it is cancelled', async () => {
    const ended = new AbortController();
    const output = { write: () => ended.abort() };
    const error = await failure(runManager(slow, ['now'], { signal: ended.signal, timeout: 20_000, output }));
    expect(error).toBeInstanceOf(CancelledError);
    expect(error).toMatchObject({ operation: `${slow} now` });
  });

  it('tells a folder or program that is not there from one that fails', async () => {
    const [missing, nowhere, failing] = await Promise.all([
      failure(runManager(join(folder, 'none'), [])),
      failure(runManager('node', ['--version'], { cwd: join(folder, 'none') })),
      failure(
        runManager('node', ['-e', 'console.error("npm error code E403\\nnpm error no"); process.exit(1)']),
      ),
    ]);
    expect([missing, nowhere]).toMatchObject([{ isMissing: true }, { isMissing: true }]);
    expect(failing).toMatchObject({ isMissing: false, code: 'E403', words: 'code E403\nno' });
  });

  it('asks nobody, adds to the environment, and gives what was printed', async () => {
    const script =
      'process.stdin.on("end", () => console.log(process.env.SAID, !!process.env.PATH)).resume()';
    expect(await runManager('node', ['-e', script], { environment: { SAID: 'yes' } })).toBe('yes true');
  });
});
