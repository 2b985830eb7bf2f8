import { chmod, cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { run } from '@factornet/example-pipeline/run';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { adjusted, elsewhere } from './src/adjustments';
import { codeBlocksOf } from './src/code-blocks';
import { markdownFiles, root } from './src/markdown-files';
import { shellCommandsOf } from './src/shell-commands';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'factornet-readmes-'));
  const command = join(folder, 'bin', 'factornet');
  await mkdir(join(folder, 'bin'));
  await writeFile(command, `#!/bin/sh\nexec "${process.execPath}" "${root}packages/cli/dist/bin.js" "$@"\n`);
  await chmod(command, 0o755);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** What the READMEs take for granted: a project, a picture, a folder of some, and files of arrays. */
async function writeBelongings(directory: string): Promise<void> {
  await mkdir(directory, { recursive: true });
  await writeFile(join(directory, 'package.json'), '{ "name": "reader", "private": true }');
  const picture = (value: number) =>
    sharp({ create: { width: 32, height: 32, channels: 3, background: { r: value, g: 80, b: 120 } } }).png();
  await picture(200).toFile(join(directory, 'picture.png'));
  for (const [index, name] of ['cat', 'dog'].entries()) {
    await mkdir(join(directory, 'pictures', name), { recursive: true });
    for (let copy = 0; copy < 8; copy++) {
      await picture(200 * index + copy).toFile(join(directory, 'pictures', name, `${copy}.png`));
    }
  }
  const rows = Array.from({ length: 300 }, (_, row) => row);
  const wave = (row: number, column: number) => Math.sin(row * (1.3 + column));
  const x = rows.map((row) => [wave(row, 0), wave(row, 1)]);
  const y = x.map(([first = 0, second = 0], row) => [first + wave(row, 2), second + wave(row, 3)]);
  const factors = rows.map((row) => [row % 3, row % 4]);
  const codes = factors.map(([first = 0, second = 0], row) => [
    first + wave(row, 0) / 9,
    second,
    wave(row, 1),
  ]);
  await writeFile(join(directory, 'samples.json'), JSON.stringify({ x, y }));
  await writeFile(join(directory, 'codes.json'), JSON.stringify({ codes, factors }));
}

const files = await markdownFiles();
const stories = await Promise.all(
  files.map(async (path) => {
    const blocks = codeBlocksOf(await readFile(join(root, path), 'utf8'));
    return { path, commands: blocks.flatMap(shellCommandsOf) };
  }),
);
const isElsewhere = (command: string) => elsewhere.some((each) => each.command.test(command));

describe('the commands of', () => {
  // That of the command first: it installs the packages that the others' commands find installed.
  const first = 'packages/cli/README.md';
  for (const { path, commands } of stories.toSorted((one) => (one.path === first ? -1 : 0))) {
    const own = commands.filter((command) => !isElsewhere(command));
    if (own.length === 0) continue;
    it(`${path} run one after another`, async () => {
      const directory = join(folder, path);
      await writeBelongings(directory);
      for (const name of path === first ? [] : ['package.json', 'node_modules']) {
        await cp(join(folder, first, name), join(directory, name), { recursive: true });
      }
      const env = { PATH: `${join(folder, 'bin')}${delimiter}${process.env.PATH}` };
      for (const command of own) await run(directory, 'bash', ['-c', adjusted(command)], { env });
    });
  }
});

it('leave out only commands that are there', () => {
  const commands = stories.flatMap((story) => story.commands);
  expect(elsewhere.filter((each) => !commands.some((command) => each.command.test(command)))).toEqual([]);
  expect(commands.filter((command) => !isElsewhere(command)).length).toBeGreaterThan(20);
});
