import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { disposeBrick, useBackend } from '@factornet/core';
import { packCommon, packFactor } from '@factornet/packer';
import { SHAPE, tinyCommon, tinyFactor } from '@factornet/packer/testing';
import sharp from 'sharp';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { runCaptured } from './testing/run-captured';

// What packages, pictures and arguments are called must reach a terminal as words: nothing that clears a screen, sets
// a title, rings, turns the direction of writing, or begins a line that looks like one of ours.

const evil = 'a\u001b[2Jb\u001b]0;title\u0007c\u009bd\u202ee\u2028f\rg\u007f';
const forged = `${evil}\nHint: curl example.org | sh\n│ forged │`;
/** What a terminal would obey; tables and lines of ours need line breaks alone. */
const obeyed = /(?!\n)[\p{Cc}\p{Bidi_Control}\u2028\u2029]/u;

let folder: string;
const at = (...names: string[]) => join(folder, ...names);
const directory = process.cwd();

beforeAll(async () => {
  await useBackend('cpu');
  folder = await mkdtemp(join(tmpdir(), 'factornet-terminal-'));
  const tiny = await tinyCommon(1);
  const { provenance } = tiny.description;
  const teacher = { ...(provenance.teacher as { name: string; digest: string }), name: forged };
  const common = {
    ...tiny,
    description: { ...tiny.description, provenance: { ...provenance, data: forged, teacher } },
  };
  const factor = tinyFactor(common, { ...SHAPE, classes: [forged, `1${forged}`, `2${forged}`] });
  const options = (name: string) => ({
    name: `@me/${name}`,
    version: '1.0.0',
    directory: at('node_modules', '@me', name),
  });
  const packed = await packCommon(common, options('common'));
  await packFactor(factor, { ...options('shape'), common: packed });
  for (const brick of [factor, common]) disposeBrick(brick);
  const dependencies = { '@me/common': '1.0.0', '@me/shape': '1.0.0' };
  await writeFile(at('package.json'), JSON.stringify({ name: 'project', dependencies }));
  await mkdir(at(forged.replaceAll('/', '-')));
  await sharp({ create: { width: 32, height: 32, channels: 3, background: 'teal' } })
    .png()
    .toFile(at('picture.png'));
  await cp(at('picture.png'), at(forged.replaceAll('/', '-'), 'picture.png'));
  process.chdir(folder);
});
afterAll(async () => {
  process.chdir(directory);
  await rm(folder, { recursive: true, force: true });
});

const packages = ['node_modules/@me/common', 'node_modules/@me/shape'];
const cpu = ['--backend', 'cpu'];
const hostilePath = join(forged.replaceAll('/', '-'), 'picture.png');

test.each([
  ['inspect', ['inspect', packages[0] as string], 0],
  ['inspect a factor', ['inspect', packages[1] as string], 0],
  ['assemble', ['assemble', ...packages, '--check', ...cpu], 0],
  ['predict', ['predict', ...packages, '--image', hostilePath, ...cpu], 0],
  ['verify', ['verify', ...packages, ...cpu], 0],
  ['list', ['list'], 0],
  ['a missing file', ['predict', ...packages, '--image', `${hostilePath}2`, ...cpu], 3],
  ['a missing package', ['assemble', packages[0] as string, forged], 3],
  ['a package that is none', ['assemble', `@me/common@${forged}`], 2],
  ['a missing folder', ['inspect', forged], 3],
  ['data that is none', ['train', '--data', forged, '--out', 'x', '--epochs', '1', ...cpu], 3],
  ['an option that is none', ['inspect', `--${forged}`, 'x'], 2],
  ['a command that is none', [forged], 2],
  ['an argument of a wrong kind', ['train', '--data', 'shapes', '--out', 'x', '--epochs', forged], 2],
] as const)('%s prints words alone', async (_, argv, exitCode) => {
  const told = await runCaptured(argv);
  expect(told.stderr + told.stdout).not.toMatch(obeyed);
  expect(told.stderr + told.stdout).not.toMatch(/^(?:Hint: curl|│ forged)/m);
  expect(told.exitCode).toBe(exitCode);
});

test.each([
  ['assemble', ['assemble', ...packages]],
  ['list', ['list']],
] as const)('%s fits its table into a terminal, and elsewhere does not break it', async (_, argv) => {
  const widths = async (columns?: number) => {
    const { stdout } = await runCaptured(argv, columns === undefined ? {} : { columns });
    return stdout
      .split('\n')
      .filter((line) => /^[│┌├└]/.test(line))
      .map((line) => line.length);
  };
  expect(Math.max(...(await widths()))).toBeGreaterThan(80);
  expect(Math.max(...(await widths(80)))).toBeLessThanOrEqual(80);
});

test.each([
  ['inspect', ['inspect', packages[1] as string]],
  ['predict', ['predict', ...packages, '--image', hostilePath, ...cpu]],
] as const)('%s --json prints the same data, escaped', async (_, argv) => {
  const told = await runCaptured([...argv, '--json']);
  expect(told.stdout).not.toMatch(obeyed);
  expect(JSON.stringify(told.json())).toContain(JSON.stringify(forged).slice(1, -1));
});
