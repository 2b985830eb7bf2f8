import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { disentanglementMetrics } from '@factornet/metrics';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { runCaptured } from '../../testing/run-captured';

interface Printed {
  readonly metrics: readonly {
    readonly metric: string;
    readonly value: number | null;
    readonly details: { readonly notes?: readonly string[]; readonly information?: number[][] };
  }[];
}

let folder: string;
let golden: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'factornet-metrics-'));
  const rows = Array.from({ length: 240 }, (_, n) => [n % 4, Math.floor(n / 4) % 6, n] as const);
  golden = await save('golden', {
    codes: rows.map(([a, b, n]) => [a + 0.01 * Math.sin(n), b, a + b, Math.sin(7 * n)]),
    factors: rows.map(([a, b]) => [a, b]),
  });
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function save(name: string, arrays: object): Promise<string> {
  const path = join(folder, `${name}.json`);
  await writeFile(path, JSON.stringify(arrays));
  return path;
}

test('measures what disentanglement_lib measures on the same arrays', async () => {
  const { exitCode, stderr, json } = await runCaptured([
    'metrics',
    golden,
    '--metric',
    'mig,modularity,sap-continuous',
    '--json',
  ]);
  expect([exitCode, stderr]).toEqual([0, '']);
  const printed = json<Printed>();
  expect(Object.keys(printed)).toEqual(['metrics']);
  for (const each of printed.metrics) expect(Object.keys(each)).toEqual(['metric', 'value', 'details']);
  expect(printed.metrics.map(({ metric }) => metric)).toEqual(['mig', 'modularity', 'sap-continuous']);
  const [mig, modularity, sap] = printed.metrics.map(({ value }) => value);
  expect(mig).toBeCloseTo(0.6930343596, 9);
  expect(modularity).toBeCloseTo(0.9352395674, 9);
  expect(sap).toBeCloseTo(0.4999800974, 9);
  expect(printed.metrics[0]?.details.information).toHaveLength(4);
});

test('parts no group to learn and to test', async () => {
  const codes = Array.from({ length: 60 }, (_, n) => [Math.sin(n), Math.cos(3 * n)]);
  const factors = codes.map((_, n) => n % 3);
  const measure = async (film: number[]) => {
    const file = await save('films', { codes, factors, film });
    return runCaptured(['metrics', file, '--metric', 'sap-discrete', '--groups', 'film', '--json']);
  };
  expect((await measure(factors.map((_, n) => n % 20))).exitCode).toBe(0);
  const one = await measure(factors.map(() => 7));
  expect(one.exitCode).toBe(2);
  expect(one.json()).toMatchObject({
    error: { message: expect.stringMatching(/groups must be 2 at least/) },
  });
});

test('measures everything by default, as a table', async () => {
  const codes = Array.from({ length: 48 }, (_, n) => [n % 2, Math.floor(n / 2) % 3]);
  const file = await save('perfect', { codes, factors: codes });
  const { exitCode, stdout, stderr } = await runCaptured(['metrics', file]);
  expect(exitCode, stderr).toBe(0);
  expect(stdout).toContain('codes [48, 2], factors [48, 2]');
  for (const { name } of disentanglementMetrics()) expect(stdout).toMatch(new RegExp(`│ ${name} +│`));
  expect(stdout).toMatch(/│ mig +│ 1\.0000 │ 0 … 1 +│ high +│/);
  expect(stdout).toMatch(/│ dci +│ 1\.0000 │ 0 … 1 +│ high +│/);
});

test('measures blocks of codes, where it is told which they are', async () => {
  // Each factor is spread over two codes: no single one tells it, the two together do.
  const rows = Array.from(
    { length: 240 },
    (_, n) => [n % 2, (n >> 1) % 2, (n >> 2) % 2, (n >> 3) % 2] as const,
  );
  const file = await save('blocks', {
    codes: rows,
    factors: rows.map(([a, b, c, d]) => [2 * a + b, 2 * c + d]),
  });
  const argv = ['metrics', file, '--blocks', 'first=0-1,second=2+3', '--json'];
  const { exitCode, stderr, json } = await runCaptured([...argv, '--metric', 'block']);
  expect(exitCode, stderr).toBe(0);
  const { metrics } = json<Printed>();
  expect(metrics.map(({ metric }) => metric)).toEqual([
    'block-mig',
    'block-sap',
    'block-dci',
    'block-modularity',
  ]);
  for (const { value } of metrics.filter(({ metric }) => metric !== 'block-sap'))
    expect(value).toBeGreaterThan(0.9);
  const missing = await runCaptured([
    'metrics',
    file,
    '--blocks',
    'first=0,second=4',
    '--metric',
    'block-sap',
  ]);
  expect([missing.exitCode, missing.stderr]).toEqual([
    2,
    expect.stringMatching(/blocks\.second must be below 4/),
  ]);
  const without = await runCaptured(['metrics', file, '--metric', 'block-mig']);
  expect([without.exitCode, without.stderr]).toEqual([
    2,
    expect.stringMatching(/--blocks z=0-15,shape=16-19/),
  ]);
});

test('an infinite value is null, with a note, and shown as such', async () => {
  const codes = Array.from({ length: 50 }, (_, n) => [Math.sin(n), Math.sin(n)]);
  const path = await save('twice', { codes, factors: codes.map((_, n) => n % 3) });
  const argv = ['metrics', path, '--metric', 'gaussian-total-correlation'];
  const [printed] = (await runCaptured([...argv, '--json'])).json<Printed>().metrics;
  expect(printed?.value).toBeNull();
  expect(printed?.details.notes).toContain('The value is infinite.');
  expect((await runCaptured(argv)).stdout).toMatch(/│ +∞ │/);
});

test('what cannot be measured says why, and is refused only where it is named', async () => {
  const path = await save('single', { codes: [0.1, 0.2, 1.1, 1.2], factors: [0, 0, 1, 1] });
  const all = await runCaptured(['metrics', path, '--json']);
  expect(all.exitCode, all.stderr).toBe(0);
  const mig = all.json<Printed>().metrics.find(({ metric }) => metric === 'mig');
  expect(mig).toMatchObject({
    value: null,
    details: { notes: [expect.stringMatching(/^Not measured: codes/)] },
  });
  expect(all.json<Printed>().metrics.some(({ value }) => value !== null)).toBe(true);
  expect((await runCaptured(['metrics', path])).stdout).toMatch(/│ mig +│ +– │.*^mig: Not measured/ms);
  const named = await runCaptured(['metrics', path, '--metric', 'mig', '--json']);
  expect(named.exitCode).toBe(2);
  expect(named.json()).toMatchObject({ error: { code: 'invalid-option' } });
});

test.each([
  [{ codes: [[1], [2]] }, 3, 'unusable-arrays', /no array "factors" in it, only "codes"/],
  [
    { codes: [[1], [2]], factors: [[0.5], [1]] },
    3,
    'unusable-arrays',
    /"factors" has 0\.5 in row 0, column 0.*whole number/,
  ],
  [{ codes: [[1], [2]], factors: [0, -1] }, 3, 'unusable-arrays', /"factors" has -1 in row 1/],
  [
    { codes: [[1], [2]], factors: [0, 1, 1] },
    3,
    'shape-mismatch',
    /factors must have the shape \[2, 1\].*\[3, 1\]/,
  ],
])('refuses %j', async (arrays, exitCode, code, message) => {
  const refused = await runCaptured(['metrics', await save('refused', arrays), '--json']);
  expect(refused.exitCode).toBe(exitCode);
  expect(refused.json()).toMatchObject({ error: { code, message: expect.stringMatching(message) } });
});

test('a metric that does not exist, with those that do', async () => {
  const { exitCode, stderr } = await runCaptured(['metrics', golden, '--metric', 'mig,migg']);
  expect(exitCode).toBe(2);
  expect(stderr).toMatch(/--metric must be among mig, .*modularity.*, but is "migg"/);
});

test('can be cancelled', async () => {
  const { exitCode, stderr } = await runCaptured(['metrics', golden], { signal: AbortSignal.abort() });
  expect(exitCode, stderr).toBe(130);
});
