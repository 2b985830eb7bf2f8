import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expectNoLeak } from '@factornet/core/testing';
import { randomStream } from '@factornet/core/training';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { runCaptured } from '../../testing/run-captured';

interface Printed {
  readonly estimates: readonly {
    readonly estimator: string;
    readonly parameters: Record<string, unknown>;
    readonly value: number;
    readonly standardError: number | null;
    readonly unit: string;
    readonly direction: string;
    readonly critic: string | null;
    readonly cap: number | null;
    readonly curve: readonly object[];
    readonly warnings: readonly { readonly code: string; readonly message: string }[];
  }[];
}

const CORRELATION = 0.8;
/** −½ log(1 − ρ²) */
const TRUTH = -0.5 * Math.log(1 - CORRELATION ** 2);
/** A network and a training as small as they can be: what comes of it is a number, no good estimate. */
const tiny = ['--backend', 'wasm', '--steps', '2', '--batch-size', '4', '--hidden', '4'];

let folder: string;
let gaussians: string;
let few: string;
let labels: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'factornet-mi-'));
  const x = [...randomStream(1, 'x').normals(400)];
  const noise = randomStream(1, 'noise').normals(400);
  const y = x.map(
    (value, row) => CORRELATION * value + Math.sqrt(1 - CORRELATION ** 2) * (noise[row] as number),
  );
  gaussians = await save('gaussians.json', JSON.stringify({ x, y }));
  few = await save('few.json', JSON.stringify({ x: x.slice(0, 80), y: y.slice(0, 80) }));
  labels = await save(
    'labels.csv',
    ['x,y', ...x.map((value, row) => `${value + 10 * (row % 4)},${row % 4}`)].join('\n'),
  );
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function save(name: string, content: string): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, content);
  return path;
}

async function estimate(file: string, ...options: string[]): Promise<Printed['estimates']> {
  const { exitCode, stderr, json } = await runCaptured(['mi', file, '--json', ...options]);
  expect(exitCode, stderr).toBe(0);
  return json<Printed>().estimates;
}

test('estimators on samples find what correlated Gaussians have in common', async () => {
  const estimates = await estimate(
    gaussians,
    '--estimator',
    'ksg:k=5+10,ksg:type=2,gaussian-copula,Histogram:bins=8',
  );
  expect(estimates.map(({ estimator }) => estimator)).toEqual(['ksg', 'ksg', 'gaussian-copula', 'histogram']);
  expect(estimates.map(({ parameters }) => parameters)).toEqual([
    { k: [5, 10] },
    { type: 2 },
    {},
    { bins: 8 },
  ]);
  for (const { value, standardError, unit, critic, curve } of estimates.slice(0, 3)) {
    expect(Math.abs(value - TRUTH)).toBeLessThan(4 * (standardError ?? 0));
    expect(standardError).toBeLessThan(0.1);
    expect({ unit, critic, curve }).toEqual({ unit: 'nats', critic: null, curve: [] });
  }
});

test('estimators on labels find the entropy of four labels that x tells', async () => {
  const [ross, other] = await estimate(
    labels,
    '--estimator',
    'ross',
    '--estimator',
    'ross:k=5,clamp=true',
    '--transform',
    'none',
  );
  expect(ross?.value).toBeCloseTo(Math.log(4), 2);
  expect(other?.value).toBeCloseTo(Math.log(4), 2);
  const twice = await save('twice.csv', `x,y\n${'0,0\n1,1\n2,2\n3,3\n'.repeat(10)}`);
  const [plugIn] = await estimate(twice, '--estimator', 'plug-in');
  expect(plugIn?.value).toBeCloseTo(Math.log(4), 12);
});

test('keeps rows of one group on one side, and takes as many duplicates as it is told', async () => {
  const x = [...randomStream(2, 'x').normals(120)];
  const rows = x.flatMap((value, film) => [`${value},7,${film}`, `${value},7,${film}`]);
  const noisy = rows.map((row, index) => `${row},${Math.sin(index)}`);
  const other = await save('noisy.csv', ['x,z,film,y', ...noisy].join('\n'));
  const [grouped] = await estimate(other, '--estimator', 'gaussian-copula', '--groups', 'film');
  expect(grouped?.warnings.map(({ code }) => code)).toContain('dependent-rows');
  const refused = await runCaptured(['mi', other, '--estimator', 'ksg']);
  expect(refused.exitCode).toBe(2);
  expect(refused.stderr).toMatch(/ksg:maximum-duplicates=0\.2/);
  const [ksg] = await estimate(other, '--estimator', 'ksg:maximum-duplicates=0.6');
  expect(ksg?.warnings.map(({ code }) => code)).toContain('duplicates');
});

test('trains what has to be trained, and says on which side of the truth it is', async () => {
  const estimates = await estimate(few, ...tiny, '--estimator', 'ksg,infonce,tuba,smile:tau=1,club');
  expect(estimates.map(({ estimator }) => estimator)).toEqual(['ksg', 'infonce', 'tuba', 'smile', 'club']);
  for (const each of estimates) {
    const promised = ['estimator', 'value', 'standardError', 'unit', 'warnings'];
    expect(Object.keys(each)).toEqual(expect.arrayContaining(promised));
    expect(each.value).toSatisfy(Number.isFinite);
  }
  const [, infonce, tuba, smile, club] = estimates;
  expect(infonce).toMatchObject({
    direction: 'lower',
    critic: 'separable',
    cap: expect.closeTo(Math.log(4)),
  });
  expect(tuba).toMatchObject({
    direction: 'lower',
    cap: null,
    curve: [expect.any(Object), expect.any(Object)],
  });
  expect(smile).toMatchObject({ direction: 'neither', parameters: { tau: 1 } });
  expect(club).toMatchObject({ critic: 'gaussianConditional' });
});

test('every critic can be chosen, nothing is leaked, and the seed decides', async () => {
  const run = (...options: string[]) => estimate(few, ...tiny, '--estimator', 'infonce', ...options);
  const joint = await run('--critic', 'joint');
  expect(joint[0]?.critic).toBe('joint');
  await expectNoLeak(async () => expect(await run('--critic', 'joint')).toEqual(joint));
  expect((await run('--critic', 'joint', '--seed', '1'))[0]?.value).not.toBe(joint[0]?.value);
  expect((await run('--critic', 'cosine', '--transform', 'none'))[0]?.critic).toBe('cosine');
  const bilinear = ['--backend', 'wasm', '--steps', '2', '--critic', 'bilinear', '--estimator', 'smile'];
  expect((await estimate(few, ...bilinear))[0]?.critic).toBe('bilinear');
});

test('the table has a row per estimator, and warnings below', async () => {
  const { exitCode, stdout, stderr } = await runCaptured([
    'mi',
    few,
    ...tiny,
    '--estimator',
    'ksg:k=4,infonce,club',
  ]);
  expect(exitCode, stderr).toBe(0);
  expect(stdout).toContain('x [80, 1], y [80, 1]; in nats');
  expect(stdout).toMatch(/│ ksg:k=4 +│ +0\.\d{3} │ +0\.\d\d\d │ no bound +│/);
  expect(stdout).toMatch(/│ infonce +│.*│ lower bound +│ +1\.386 │ separable/);
  expect(stdout).toMatch(/^club: .*\(learned-conditional\)$/m);
});

test.each([
  [
    ['--estimator', 'infonc'],
    'invalid-option',
    /--estimator must be among dv, mine, .*infonce.*, but is "infonc"/,
  ],
  [['--estimator', 'smile:tua=5'], 'invalid-option', /smile with parameters among tau/],
  [['--estimator', 'ksg:k=0'], 'invalid-option', /k must be/],
  [['--estimator', 'ksg:k=x'], 'invalid-option', /k of ksg must be a number, or several/],
  [['--estimator', 'ross'], 'invalid-option', /y must be one column of class indices/],
  [['--estimator', 'interpolated:alpha=2'], 'invalid-option', /alpha must be a number from 0 to 1/],
  [
    ['--estimator', 'infonce', '--batch-size', '100000', '--backend', 'cpu'],
    'invalid-option',
    /batchSize must be/,
  ],
  [['--estimator', 'ksg:maximum-duplicates=2'], 'invalid-option', /maximumDuplicates must be a share/],
  [['--groups', 'y'], 'invalid-option', /--groups must be an array beside x and y/],
  [['--estimator', 'ksg:k'], 'usage', /"k" is no parameter/],
  [['--critic', 'conv'], 'usage', /separable, joint, bilinear, cosine/],
  [['--critic', 'bilinear', '--hidden', '4'], 'usage', /--hidden does not go with --critic bilinear/],
  [['--transform', 'log'], 'usage', /rank-normal, standardise, none/],
])('%j is wrong usage', async (options, code, message) => {
  const { exitCode, json } = await runCaptured(['mi', gaussians, ...options, '--json']);
  expect(exitCode).toBe(2);
  expect(json()).toMatchObject({ error: { code, message: expect.stringMatching(message) } });
});

test('an unusable file is refused before anything is trained, with what to do next', async () => {
  const file = await save('codes.csv', 'codes0,factors0\n1,2\n');
  const { exitCode, stderr, json } = await runCaptured(['mi', file, '--json']);
  expect(exitCode).toBe(3);
  expect(json()).toMatchObject({
    error: {
      code: 'unusable-arrays',
      message: expect.stringMatching(/no arrays "x", "y" in it, only "codes0", "factors0"/),
      hint: expect.stringMatching(/numpy\.savez\("samples\.npz", x=…, y=…\)/),
    },
  });
  expect(stderr).not.toContain('Backend');
  expect((await runCaptured(['mi', join(folder, 'no.npz')])).exitCode).toBe(3);
});

test('can be cancelled', async () => {
  const signal = AbortSignal.abort();
  for (const estimator of ['ksg', 'infonce']) {
    const { exitCode, stderr } = await runCaptured(['mi', few, ...tiny, '--estimator', estimator], {
      signal,
    });
    expect(exitCode, stderr).toBe(130);
  }
});
