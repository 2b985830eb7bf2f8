import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const tasks = ['shape', 'object-hue', 'size', 'background-hue'];
const packages = ['common', ...tasks].map((name) => `@quickstart/${name}`);

let folder: string;
let reports: Record<string, unknown>[];

/** The real command: real training, real npm, a real project outside the workspace. Nothing here asks for much data. */
function runQuickstart(out: string): Promise<string> {
  const directory = fileURLToPath(new URL('.', import.meta.url));
  return new Promise((resolve, reject) => {
    const little = ['--epochs', '1', '--limit', '4000'];
    const args = ['--import', 'tsx', 'quickstart.ts', ...little, '--json', '--out', out];
    const child = spawn(process.execPath, args, { cwd: directory, stdio: ['ignore', 'pipe', 'pipe'] });
    const output: string[] = [];
    const errors: string[] = [];
    child.stdout.on('data', (chunk) => output.push(String(chunk)));
    child.stderr.on('data', (chunk) => errors.push(String(chunk)));
    child.on('close', (code) => (code === 0 ? resolve(output.join('')) : reject(new Error(errors.join('')))));
  });
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'factornet-quickstart-'));
  reports = [];
  for (const run of ['one', 'two']) {
    const printed = JSON.parse(await runQuickstart(join(folder, run)));
    const written = JSON.parse(await readFile(join(folder, run, 'report.json'), 'utf8'));
    expect(printed).toEqual(written);
    reports.push(written);
  }
}, 900_000);

afterAll(() => rm(folder, { recursive: true, force: true }));

describe('npm run quickstart', () => {
  it('gives the same report twice, digit for digit, times aside', () => {
    const withoutTimes = (report: object) =>
      JSON.parse(JSON.stringify(report, (key, value) => (key === 'seconds' ? undefined : value)));
    const [one, two] = reports.map(withoutTimes);
    expect(two).toEqual(one);
  });

  it('reports everything it promises', () => {
    const perTask = Object.fromEntries(tasks.map((task) => [task, expect.any(Number)]));
    const measured = { value: expect.any(Number), standardError: expect.any(Number) };
    const codes = Object.fromEntries(
      tasks.map((from) => [
        from,
        Object.fromEntries(tasks.filter((to) => to !== from).map((to) => [to, measured])),
      ]),
    );
    const common = Object.fromEntries(tasks.map((task) => [task, measured]));
    const leaks = { examples: expect.any(Number), codes, common, mean: measured, maximum: measured };
    const factor = expect.objectContaining({
      accuracy: expect.any(Number),
      accuracyWithout: { common: expect.any(Number), specific: expect.any(Number) },
      accuracyFromSpecificAlone: { linear: expect.any(Number), kernel: expect.any(Number) },
    });
    const labels = Object.fromEntries(tasks.map((from) => [from, perTask]));
    expect(reports[0]).toMatchObject({
      teacher: { accuracy: perTask },
      factors: Object.fromEntries(tasks.map((task) => [task, factor])),
      assembly: { accuracy: perTask, commonEvaluationsPerInput: 1 },
      leakage: { linear: leaks, kernel: leaks },
      information: {
        common: { lower: expect.any(Number), cap: expect.any(Number) },
        // What a hard code tells of the picture is bounded by its capacity, and not estimated.
        codes: {},
        labels,
        labelEntropy: perTask,
      },
      baselines: { 'shared-trunk': { accuracy: perTask, parameters: expect.any(Number), epochs: 1 } },
      bytes: Object.fromEntries(packages.map((name) => [name, expect.any(Number)])),
      parameters: Object.fromEntries(packages.map((name) => [name, expect.any(Number)])),
      seconds: expect.objectContaining({ factorize: expect.any(Number), install: expect.any(Number) }),
      backend: 'wasm',
      seed: 1,
    });
  });

  it('assembles in the other project what the factors say here', () => {
    const report = reports[0] as {
      factors: Record<string, { accuracy: number }>;
      assembly: { accuracy: Record<string, number>; maxAbsoluteDifference: number };
    };
    expect(report.assembly.maxAbsoluteDifference).toBeLessThanOrEqual(1e-5);
    for (const task of tasks) expect(report.assembly.accuracy[task]).toBe(report.factors[task]?.accuracy);
  });

  it('writes a report page that asks nobody for anything', async () => {
    const page = await readFile(join(folder, 'one', 'report.html'), 'utf8');
    expect(page).toContain('background-hue');
    expect(page).not.toMatch(/(?:src|href)="https?:/);
  });
});
