import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { disposeBrick, type FactorNetwork, useBackend } from '@factornet/core';
import { packCommon, packFactor } from '@factornet/packer';
import { HUE, SHAPE, tinyCommon, tinyFactor } from '@factornet/packer/testing';
import type { ClassificationTask } from '@factornet/spec';
import sharp from 'sharp';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { runCaptured } from './testing/run-captured';

// Networks that were not trained: what is tested is how they are found, told apart, pinned and put together.

let folder: string;
let server: Server;
let cdn: string;
let picture: string;
const cpu = ['--backend', 'cpu'];
const at = (name: string) => join(folder, name);

const labelSpace = { name: 'things', classes: ['cat', 'ship', 'dog', 'car'] };
const group = (name: string, classes: string[]): ClassificationTask => ({
  name,
  type: 'classification',
  classes,
  labelSpace: { ...labelSpace, indices: classes.map((each) => labelSpace.classes.indexOf(each)) },
});

beforeAll(async () => {
  await useBackend('cpu');
  folder = await mkdtemp(join(tmpdir(), 'factornet-compose-'));
  const [one, two] = [await tinyCommon(1), await tinyCommon(2)];
  const options = (name: string) => ({ name: `@me/${name}`, version: '1.0.0', directory: at(name) });
  const packed = { one: await packCommon(one, options('one')), two: await packCommon(two, options('two')) };
  const scaled = (factor: FactorNetwork, logitScale: number): FactorNetwork => ({
    ...factor,
    description: { ...factor.description, logitScale },
  });
  const factors: [string, 'one' | 'two', FactorNetwork][] = [
    ['shape', 'one', tinyFactor(one, SHAPE, 100)],
    ['hue', 'two', tinyFactor(two, HUE, 200)],
    ['animals', 'one', scaled(tinyFactor(one, group('animals', ['cat', 'dog']), 300), 2)],
    ['vehicles', 'one', scaled(tinyFactor(one, group('vehicles', ['car', 'ship']), 400), 0.5)],
    ['unscaled', 'one', tinyFactor(one, group('unscaled', ['car', 'ship']), 500)],
  ];
  for (const [name, common, factor] of factors) {
    await packFactor(factor, { ...options(name), common: packed[common] });
    disposeBrick(factor);
  }
  for (const brick of [one, two]) disposeBrick(brick);
  picture = at('picture.png');
  await sharp({ create: { width: 32, height: 32, channels: 3, background: 'teal' } })
    .png()
    .toFile(picture);
  server = createServer(async (request, response) => {
    const path = decodeURIComponent(request.url ?? '').replace(/^\/@me\/(\w+)(?:@[^/]+)?\//, '/$1/');
    const bytes = await readFile(join(folder, path)).catch(() => undefined);
    response.writeHead(bytes === undefined ? 404 : 200).end(bytes);
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  cdn = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
});
afterAll(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => {
    server.close(resolve);
  });
  await rm(folder, { recursive: true });
});

const lockfile = () => at('factornet.lock.json');
beforeEach(() => rm(lockfile(), { force: true }));

/** What the command prints with `--json`. */
async function run<T>(...argv: readonly string[]) {
  const told = await runCaptured([...argv, ...cpu, '--json']);
  return {
    ...told,
    told: told.json<T & { error?: { code: string; message: string; hint: string | null } }>(),
  };
}

interface Assembled {
  plan: { tasks: string[]; trunks: { name: string; tasks: string[] }[]; multiplyAdds: number };
  joint: { classes: string[] } | null;
  checked: { commonEvaluations: number; verified: boolean } | null;
}

test('packages come from folders, URLs and a CDN, and the common network by itself', async () => {
  const ways = [
    [at('one'), at('shape')],
    [`${cdn}one/`, `${cdn}shape/`],
    ['@me/one@^1.0.0', '@me/shape@^1.0.0', '--from', cdn],
    ['@me/shape@latest', '--from', cdn],
  ];
  for (const way of ways) {
    const { exitCode, stderr, told } = await run<Assembled>('assemble', ...way, '--check');
    expect(exitCode, stderr).toBe(0);
    expect(told.plan.trunks).toMatchObject([{ name: '@me/one', tasks: ['shape'] }]);
    expect(told.plan.multiplyAdds).toBeGreaterThan(0);
    expect(told.checked).toMatchObject({ commonEvaluations: 1, verified: false });
  }
});

test('a CDN that does not have a package says so', async () => {
  const { exitCode, told } = await run('assemble', '@me/none@^1.0.0', '--from', cdn);
  expect(exitCode).toBe(3);
  expect(told.error).toMatchObject({ code: 'missing-file', hint: expect.stringContaining('404') });
});

test('installed packages are found from a folder', async () => {
  const project = at('project');
  for (const name of ['one', 'shape']) {
    await cp(at(name), join(project, 'node_modules/@me', name), { recursive: true });
  }
  const { exitCode, told } = await run<Assembled>('assemble', '@me/shape', '--from', project);
  expect(exitCode).toBe(0);
  expect(told.plan.trunks[0]?.name).toBe('@me/one');
});

test('two common networks have to be allowed', async () => {
  const packages = ['one', 'two', 'shape', 'hue'].map(at);
  for (const command of [['assemble'], ['predict', '--image', picture], ['lock', '--lockfile', lockfile()]]) {
    const { exitCode, told } = await run(command[0] as string, ...packages, ...command.slice(1));
    expect(exitCode).toBe(4);
    expect(told.error).toMatchObject({
      code: 'multiple-trunks',
      hint: expect.stringContaining('--multiple-trunks'),
    });
  }
  const { exitCode, stderr, told } = await run<Assembled>(
    'assemble',
    ...packages,
    '--multiple-trunks',
    '--check',
  );
  expect(exitCode, stderr).toBe(0);
  expect(told.plan.trunks.map(({ tasks }) => tasks)).toEqual([['shape'], ['object-hue']]);
  expect(told.checked?.commonEvaluations).toBe(2);
  const predicted = await run<Predicted>('predict', ...packages, '--multiple-trunks', '--image', picture);
  expect(Object.keys(predicted.told.predictions[0]?.tasks ?? {})).toEqual(['shape', 'object-hue']);
});

interface Predicted {
  predictions: {
    tasks?: Record<string, object>;
    joint?: { labelSpace: string; class: string; probability: number; probabilities: Record<string, number> };
  }[];
}

test('factors of one label space give one distribution', async () => {
  const packages = ['one', 'animals', 'vehicles'].map(at);
  const assembled = await run<Assembled>('assemble', ...packages, '--joint', 'things');
  expect(assembled.told.joint).toEqual({
    labelSpace: 'things',
    temperature: 1,
    ...{ classes: labelSpace.classes, indices: [0, 1, 2, 3], tasks: ['animals', 'vehicles'] },
  });
  const { exitCode, stderr, told } = await run<Predicted>(
    'predict',
    ...packages,
    '--joint',
    'things',
    '--image',
    picture,
  );
  expect(exitCode, stderr).toBe(0);
  const { joint, tasks } = told.predictions[0] as Predicted['predictions'][number];
  expect(tasks).toBeUndefined();
  const probabilities = joint?.probabilities ?? {};
  expect(Object.keys(probabilities)).toEqual(labelSpace.classes);
  expect(Object.values(probabilities).reduce((sum, value) => sum + value, 0)).toBeCloseTo(1, 5);
  expect(probabilities[joint?.class as string]).toBe(joint?.probability);
});

test('factors that do not compare give none', async () => {
  for (const [packages, message] of [
    [['animals', 'unscaled'], /the factor "unscaled" states no logit scale/],
    [['animals', 'vehicles', 'unscaled'], /no logit scale|both tell/],
    [['shape'], /no factor here is of that label space/],
  ] as const) {
    for (const command of [['assemble'], ['predict', '--image', picture]]) {
      const { exitCode, told } = await run(
        command[0] as string,
        ...packages.map(at),
        ...[at('one'), '--joint', 'things', ...command.slice(1)],
      );
      expect(exitCode).toBe(4);
      expect(told.error).toMatchObject({ code: 'not-comparable', message: expect.stringMatching(message) });
    }
  }
});

test('a lockfile pins a composition, and --frozen holds to it', async () => {
  const packages = ['one', 'shape', 'animals'].map(at);
  const frozen = ['--frozen', '--lockfile', lockfile()];
  const missing = await run('assemble', ...packages, ...frozen);
  expect(missing.exitCode).toBe(3);
  expect(missing.told.error).toMatchObject({
    code: 'missing-file',
    hint: 'Write it: factornet lock <package…>',
  });

  const locked = await run<{ factors: { name: string }[] }>('lock', ...packages, '--lockfile', lockfile());
  expect(locked.exitCode).toBe(0);
  expect(locked.told.factors.map(({ name }) => name)).toEqual(['@me/shape', '@me/animals']);
  // Wherever they lie, they are the same.
  for (const same of [packages, ['@me/one', '@me/shape', '@me/animals', '--from', cdn]]) {
    const { exitCode, stderr } = await run('assemble', ...same, ...frozen);
    expect(exitCode, stderr).toBe(0);
  }
  const predicted = await run('predict', ...packages, ...frozen, '--image', picture);
  expect(predicted.exitCode, predicted.stderr).toBe(0);

  const fewer = ['one', 'shape'].map(at);
  for (const argv of [
    ['assemble', ...fewer, ...frozen],
    ['predict', ...fewer, ...frozen, '--image', picture],
  ]) {
    const { exitCode, told } = await run(...argv);
    expect(exitCode).toBe(4);
    expect(told.error).toMatchObject({
      code: 'lock-mismatch',
      message: `What is here differs from ${lockfile()}:\n  - @me/animals@1.0.0 is locked, but not here`,
      hint: 'Install what is locked; or, to lock what is here: factornet lock @me/one @me/shape',
    });
  }
  await writeFile(lockfile(), '{');
  const broken = await run('assemble', ...packages, ...frozen);
  expect(broken.exitCode).toBe(3);
  expect(broken.told.error?.code).toBe('invalid-manifest');
});

test('--verify runs the golden probes', async () => {
  const good = await runCaptured(['assemble', at('one'), at('shape'), '--verify', ...cpu]);
  expect(good.exitCode, good.stderr).toBe(0);
  expect(good.stdout).toContain('Golden probes passed.');
  // A network of the same shape that was trained anew, with its files' digests, behind the old probes.
  const swapped = at('swapped');
  await cp(at('shape'), swapped, { recursive: true });
  const [mine, other] = await Promise.all(
    ['shape', 'vehicles'].map(async (name) =>
      JSON.parse(await readFile(join(at(name), 'package.json'), 'utf8')),
    ),
  );
  mine.factornet.specific = other.factornet.specific;
  await writeFile(join(swapped, 'package.json'), JSON.stringify(mine));
  for (const file of ['specific.model.json', 'specific.weights.bin']) {
    await cp(join(at('vehicles'), file), join(swapped, file));
  }
  const { exitCode, told } = await run('predict', at('one'), swapped, '--verify', '--image', picture);
  expect(exitCode).toBe(3);
  expect(told.error).toMatchObject({
    code: 'probe-mismatch',
    message: expect.stringContaining(
      '@me/shape@1.0.0 does not pass its golden probes on cpu: its logits deviate',
    ),
  });
});

test('a factor is needed, and what is no package is refused', async () => {
  await mkdir(at('empty'), { recursive: true });
  const none = await run('assemble', at('one'));
  expect(none.told.error).toMatchObject({
    code: 'invalid-option',
    message: expect.stringContaining('at least one factor'),
  });
  const address = await run('assemble', 'ftp://example.org/shape');
  expect(address.told.error).toMatchObject({
    code: 'invalid-option',
    message: expect.stringContaining('https: URL'),
  });
  const folderWithout = await run('assemble', at('empty'));
  expect(folderWithout.told.error).toMatchObject({
    code: 'missing-file',
    hint: expect.stringContaining('Name a package folder'),
  });
});
