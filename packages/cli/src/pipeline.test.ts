import { mkdir, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expectNoLeak } from '@factornet/core/testing';
import { shapes } from '@factornet/data';
import sharp from 'sharp';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { runCaptured } from './testing/run-captured';
import { type TinyPipeline, tiny, tinyData, tinyPipeline } from './testing/tiny-pipeline';

const tasks = ['shape', 'object-hue', 'size', 'background-hue'];
const packageFolders = ['common', 'shape', 'size'].map((name) => `tiny-${name}`);

let pipeline: TinyPipeline;
beforeAll(async () => {
  pipeline = await tinyPipeline();
  for (const step of [pipeline.train, pipeline.factorize, () => pipeline.pack('--scope', '@me')]) {
    const { exitCode, stderr } = await step();
    expect(exitCode, stderr).toBe(0);
  }
});
afterAll(() => pipeline.remove());

test('train writes a teacher that says how it was made and how good it is', async () => {
  const { json } = await runCaptured(['inspect', pipeline.path('teacher'), '--json']);
  const teacher = json<{ kind: string; accuracy: object; command: string; verified: string[] }>();
  expect(teacher.kind).toBe('teacher');
  expect(Object.keys(teacher.accuracy)).toEqual(tasks);
  expect(teacher.command).toMatch(/^factornet train --data shapes:size=120,image-size=20 --out /);
  expect(teacher.verified).toEqual(['teacher.model.json', 'teacher.weights.bin']);
});

test('factorize writes one network per task, and cleans up what a finished run needs no more', async () => {
  expect((await readdir(pipeline.path('out'))).sort()).toEqual([
    'common',
    'factors',
    'findings.json',
    'history.json',
  ]);
  expect((await readdir(pipeline.path('out', 'factors'))).sort()).toEqual([...tasks].sort());
  const history = JSON.parse(await readFile(pipeline.path('out', 'history.json'), 'utf8'));
  expect(history.map(({ network }: { network: string }) => network)).toEqual(['common', ...tasks]);
  expect(Object.keys(history[0].terms)).toContain('common-distillation');
  expect(Object.keys(history[1].terms)).toContain('task-information');
});

test('inspect shows every kind of folder', async () => {
  for (const [folder, told] of [
    [['out', 'common'], 'common-knowledge network'],
    [['out', 'factors', 'size'], 'small, medium, large'],
    [['packages', 'tiny-size'], '@me/tiny-common@^1.0.0'],
  ] as const) {
    const { exitCode, stdout } = await runCaptured(['inspect', pipeline.path(...folder)]);
    expect(exitCode).toBe(0);
    expect(stdout).toContain(told);
  }
});

test('inspect shows all networks of a factorization, and checks their files', async () => {
  const { exitCode, json, stderr } = await runCaptured(['inspect', pipeline.path('out'), '--json']);
  expect(exitCode, stderr).toBe(0);
  const told = json<{ kind: string; common: object; factors: Record<string, object> }>();
  expect(told.kind).toBe('factorization');
  expect(told.common).toMatchObject({
    kind: 'common',
    verified: ['common.model.json', 'common.weights.bin'],
  });
  expect(Object.keys(told.factors)).toEqual([...tasks].sort());
  expect(told.factors.size).toMatchObject({ kind: 'factor', description: { task: { name: 'size' } } });
  const { stdout } = await runCaptured(['inspect', pipeline.path('out')]);
  for (const words of ['common-knowledge network', ...tasks]) expect(stdout).toContain(words);
});

test('assemble lists what it would take, and with --check runs it', async () => {
  const folders = packageFolders.map((name) => pipeline.path('packages', name));
  const { exitCode, json, stderr } = await runCaptured(['assemble', ...folders, '--check', '--json']);
  expect(exitCode, stderr).toBe(0);
  const { plan, checked } = json<{
    plan: { tasks: string[]; conflicts: unknown[] };
    checked: { commonEvaluations: number; outputs: Record<string, { logits: number[] }> };
  }>();
  expect(plan.tasks).toEqual(['shape', 'size']);
  expect(plan.conflicts).toEqual([]);
  expect(checked.commonEvaluations).toBe(1);
  expect(checked.outputs.size?.logits).toHaveLength(3);
});

test('predict tells every task of a picture', async () => {
  const { images } = await shapes({ size: 1, seed: 5, imageSize: 20 }).read([0]);
  const file = pipeline.path('picture.png');
  const bytes = Uint8Array.from(images, (value) => Math.round(value * 255));
  await sharp(bytes, { raw: { width: 20, height: 20, channels: 3 } })
    .png()
    .toFile(file);
  const folders = packageFolders.map((name) => pipeline.path('packages', name));
  const { exitCode, json, stderr } = await runCaptured(['predict', ...folders, '--image', file, '--json']);
  expect(exitCode, stderr).toBe(0);
  const [prediction] = json<{ predictions: { tasks: Record<string, Told> }[] }>().predictions;
  const { tasks: told } = prediction as { tasks: Record<string, Told> };
  expect(Object.keys(told)).toEqual(['shape', 'size']);
  const size = told.size as Told;
  const total = Object.values(size.probabilities).reduce((sum, value) => sum + value, 0);
  expect(total).toBeCloseTo(1, 5);
  expect(size.probabilities[size.class]).toBe(size.probability);
});

test('predict takes folders, and tells the most probable classes', async () => {
  const folder = pipeline.path('pictures');
  await mkdir(join(folder, 'below'), { recursive: true });
  for (const [name, background] of [
    ['b.png', 'red'],
    ['below/a.jpg', 'blue'],
  ] as const) {
    await sharp({ create: { width: 20, height: 20, channels: 3, background } }).toFile(join(folder, name));
  }
  const folders = packageFolders.map((name) => pipeline.path('packages', name));
  const argv = ['predict', ...folders, '--image', folder, '--top', '2'];
  const { exitCode, json, stderr } = await runCaptured([...argv, '--json']);
  expect(exitCode, stderr).toBe(0);
  const { predictions } = json<{ predictions: { image: string; tasks: Record<string, Told> }[] }>();
  expect(predictions.map(({ image }) => image)).toEqual(
    ['b.png', 'below/a.jpg'].map((name) => join(folder, name)),
  );
  for (const { tasks: told } of predictions) {
    const { probabilities, top = [] } = told.shape as Told;
    const sorted = Object.entries(probabilities).sort(([, a], [, b]) => b - a);
    expect(top.map((one) => [one.class, one.probability])).toEqual(sorted.slice(0, 2));
  }
  const { stdout } = await runCaptured(argv);
  // A line above and below, a heading and a line, then two classes of two tasks of two pictures.
  expect(stdout.trim().split('\n')).toHaveLength(4 + 8);
});

test('one more factor, of another code and fusion, fits the network it was trained for', async () => {
  const added = await runCaptured([
    'factorize',
    ...['--common', pipeline.path('packages', 'tiny-common'), '--task', 'object-hue', '--data', tinyData],
    ...['--out', pipeline.path('more'), '--code', 'gaussian', '--fusion', 'add', ...tiny],
  ]);
  expect(added.exitCode, added.stderr).toBe(0);
  const packed = await runCaptured([
    'pack',
    pipeline.path('more', 'factors', 'object-hue'),
    ...['--name', 'added', '--out', pipeline.path('packages'), '--no-tarball', '--force'],
    ...['--common-package', pipeline.path('packages', 'tiny-common')],
  ]);
  expect(packed.exitCode, packed.stderr).toBe(0);
  const folders = ['tiny-common', 'tiny-shape', 'added-object-hue'];
  const { exitCode, stdout } = await runCaptured([
    'assemble',
    ...folders.map((name) => pipeline.path('packages', name)),
    '--check',
  ]);
  expect(exitCode).toBe(0);
  expect(stdout).toContain('1 evaluation of the common network for 2 tasks');
});

const architecture = 'residual:stem-stride=2';

test.each([
  ['train', ['--arch', architecture]],
  ['factorize', ['--common', architecture, '--specific', architecture]],
  ['pack', []],
] as const)('%s leaves no tensor behind', async (step, more) => {
  await expectNoLeak(async () =>
    expect((await pipeline[step]('--out', pipeline.path('again'), '--force', ...more)).exitCode).toBe(0),
  );
});

test.each(['common', 'factors/shape'])('%s is of the backbone that was named', async (brick) => {
  const { json } = await runCaptured(['inspect', pipeline.path('again', brick), '--json']);
  type Described = { backbone?: object; reads?: { from: string; backbone: object }[] };
  const { backbone, reads } = json<{ description: Described }>().description;
  if (reads !== undefined) expect(reads.map(({ from }) => from)).toEqual(['picture']);
  expect(backbone ?? reads?.[0]?.backbone).toEqual({
    name: 'residual',
    options: { filters: [4, 8], blocksPerStage: 1, stemStride: 2, features: 8 },
  });
});

interface Told {
  class: string;
  probability: number;
  probabilities: Record<string, number>;
  top?: { class: string; probability: number }[];
}
