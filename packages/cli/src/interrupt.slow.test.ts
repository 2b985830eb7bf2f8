import { access, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { builtCommand, spawnCommand } from './testing/built-command';

let directory: string;
const data = 'shapes:size=1280,image-size=20';
const small = ['--backend', 'wasm', '--batch-size', '32'];
const networks = ['--common-filters', '8,16', '--specific-filters', '8,16', '--features', '8'];
const factorize = (out: string) => [
  'factorize',
  ...['--teacher', join(directory, 'teacher'), '--data', data, '--out', join(directory, out)],
  ...['--epochs', '3', ...networks, ...small],
];

beforeAll(async () => {
  await access(builtCommand).catch(() => {
    throw new Error('Build first: npx turbo run build --filter @factornet/cli');
  });
  directory = await mkdtemp(join(tmpdir(), 'factornet-interrupt-'));
  const trained = spawnCommand([
    'train',
    ...['--data', data, '--out', join(directory, 'teacher'), '--epochs', '1', '--filters', '4,8', ...small],
  ]);
  expect(await trained.ended, trained.stderr()).toBe(0);
});
afterAll(() => rm(directory, { recursive: true, force: true }));

test.each([
  ['common', [], 'common'],
  [
    'object-hue',
    ['checkpoint-factor-object-hue.safetensors', 'checkpoint-factor-shape.safetensors'],
    'factors/shape',
  ],
])(
  'Ctrl-C within %s keeps the state and the last good weights, and the same command goes on to the same weights',
  async (network, checkpoints, kept) => {
    const out = `stopped-${network}`;
    const stopped = spawnCommand([...factorize(out), '--json']);
    // After the first epoch, so that history and optimizer state have something to lose.
    await stopped.until(new RegExp(`${network} .*epoch 1/3 done`));
    stopped.process.kill('SIGINT');
    expect(await stopped.ended, stopped.stderr()).toBe(130);
    const { error } = JSON.parse(stopped.stdout());
    expect(error.code).toBe('cancelled');
    expect(error.hint).toMatch(new RegExp(`state is kept in .*${out}: the same command.*partial`));
    expect(stopped.stderr()).toContain('Stopping after the step under way');
    const files = ['checkpoint-common.safetensors', ...checkpoints, 'partial'];
    expect((await readdir(join(directory, out))).sort()).toEqual(files);
    const inspected = spawnCommand(['inspect', join(directory, out, 'partial', kept)]);
    expect(await inspected.ended, inspected.stderr()).toBe(0);

    const [resumed, whole] = [spawnCommand(factorize(out)), spawnCommand(factorize(`whole-${network}`))];
    expect(await resumed.ended, resumed.stderr()).toBe(0);
    expect(await whole.ended, whole.stderr()).toBe(0);
    expect(resumed.stderr()).not.toMatch(new RegExp(`${network} .*epoch 1/3`));
    const written = await relativeFiles(join(directory, `whole-${network}`));
    expect(await relativeFiles(join(directory, out))).toEqual(written);
    expect(written).toContain(join('common', 'common.weights.bin'));
    for (const file of written) {
      const [one, other] = await Promise.all(
        [out, `whole-${network}`].map((each) => readFile(join(directory, each, file))),
      );
      expect(one?.equals(other as Buffer), file).toBe(true);
    }
  },
);

test('a folder belongs to one run; killed, it leaves it to the next; what is finished stays', async () => {
  const first = spawnCommand(factorize('shared'));
  await first.until(/epoch 1\/3 done/);
  const second = spawnCommand([...factorize('shared'), '--json']);
  expect(await second.ended, second.stderr()).toBe(3);
  expect(JSON.parse(second.stdout()).error).toMatchObject({
    code: 'folder-in-use',
    message: expect.stringContaining(`process ${first.process.pid} on`),
  });
  first.process.kill('SIGKILL');
  await first.ended;
  const third = spawnCommand(factorize('shared'));
  expect(await third.ended, third.stderr()).toBe(0);
  expect(third.stderr()).not.toMatch(/common .*epoch 1\/3/);
  expect((await readdir(join(directory, 'shared'))).sort()).toEqual([
    'common',
    'factors',
    'findings.json',
    'history.json',
  ]);
  const again = spawnCommand([...factorize('shared'), '--json']);
  expect(await again.ended).toBe(2);
  expect(JSON.parse(again.stdout()).error.hint).toMatch(/It holds common\..*--force/);
});

async function relativeFiles(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
    .sort();
}
