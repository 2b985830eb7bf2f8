import { readdir, readFile } from 'node:fs/promises';
import { expectNoLeak } from '@factornet/core/testing';
import type { ProbedLeakage } from '@factornet/factorizer';
import type { Report } from '@factornet/pipeline';
import type { StatedLeakage } from '@factornet/spec';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { writePictureFolder } from '../../testing/picture-folder';
import { type CapturedRun, runCaptured } from '../../testing/run-captured';
import { type TinyPipeline, tiny, tinyPipeline } from '../../testing/tiny-pipeline';

const groups = ['--group', 'warm=red,white', '--group', 'cold=blue,green'];

let pipeline: TinyPipeline;
let measure: string[];
let trained: CapturedRun;
/** A teacher of four colours, taken apart into two tasks of two colours each. */
beforeAll(async () => {
  pipeline = await tinyPipeline();
  const data = await writePictureFolder(pipeline.path('pictures'), ['blue', 'green', 'red', 'white'], 24);
  const others = await writePictureFolder(pipeline.path('others'), ['blue', 'green', 'red', 'white'], 20);
  const fewer = await writePictureFolder(pipeline.path('fewer'), ['green', 'red', 'white'], 12);
  measure = ['evaluate', '--teacher', pipeline.path('teacher'), '--data', others, '--backend', 'wasm'];
  const options = ['--data', data, '--task-name', 'colour', '--epochs', '12', '--batch-size', '16'];
  for (const step of [
    async () => {
      trained = await pipeline.train(
        ...options,
        '--test-data',
        fewer,
        '--learning-rate',
        '1e-2',
        '--augment',
      );
      return trained;
    },
    () =>
      pipeline.factorize(
        ...options,
        '--learning-rate',
        '1e-2',
        '--epochs',
        '6',
        '--calibration',
        others,
        ...groups,
      ),
  ]) {
    const { exitCode, stderr } = await step();
    expect(exitCode, stderr).toBe(0);
  }
});
afterAll(() => pipeline.remove());

test('the teacher is measured rightly on a folder that lacks its first class', async () => {
  expect(trained.stderr).toContain('--test-data: No example of "blue" (task "colour").');
  const { json } = await runCaptured(['inspect', pipeline.path('teacher'), '--json']);
  expect(json<{ accuracy: { colour: number } }>().accuracy.colour).toBeGreaterThan(0.9);
});

test('measures teacher, factors and assembly on pictures they have not seen, and shows it', async () => {
  const html = pipeline.path('reports', 'report.html');
  const { exitCode, stderr, json } = await runCaptured([
    ...measure,
    ...['--bricks', pipeline.path('out'), '--html', html, '--save', '--json'],
  ]);
  expect(exitCode, stderr).toBe(0);
  const report = json<Report>();
  expect(Object.keys(report.factors).sort()).toEqual(['cold', 'warm']);
  expect(report.measuredOn).toBe(80);
  expect(report.assembly.commonEvaluationsPerInput).toBe(1);
  expect(report.assembly.maxAbsoluteDifference).toBeLessThan(1e-5);
  expect(report.joint.map(({ labelSpace, classes }) => [labelSpace, classes])).toEqual([['colour', 4]]);
  const { calibration, temperature } = report.joint[0] as (typeof report.joint)[number];
  // It was fitted on these very pictures, of which the default knows nothing.
  expect(temperature).not.toBe(1);
  expect(calibration.assembly.error).toBeLessThanOrEqual(calibration.before.error + 0.05);
  for (const { bins } of Object.values(calibration))
    expect(bins.reduce((sum, { count }) => sum + count, 0)).toBe(80);
  for (const task of ['cold', 'warm']) {
    expect(report.teacher.accuracy[task]).toBeGreaterThan(0.9);
    expect(report.factors[task]?.accuracy).toBeGreaterThan(0.9);
    expect(report.assembly.accuracy[task]).toBe(report.factors[task]?.accuracy);
  }
  expect(Object.keys(report.leakage)).toEqual(['linear', 'kernel']);
  expect(Object.keys(report.leakage.kernel?.codes.warm ?? {})).toEqual(['cold']);
  expect(Object.keys(report.leakage.kernel?.common ?? {})).toEqual(Object.keys(report.factors));
  expect(report.history).toHaveLength(3 * 6);
  // A picture has a label for one of the two tasks and an answer for both.
  expect(Object.keys(report.examples[0]?.truth ?? {})).toHaveLength(1);
  expect(Object.keys(report.examples[0]?.predicted ?? {})).toHaveLength(2);
  // Drawn from all of a folder that is sorted by class.
  expect(new Set(report.examples.flatMap(({ truth }) => Object.values(truth))).size).toBe(4);
  expect(await readFile(html, 'utf8')).toContain('<h1>Evaluation</h1>');
});

test('what was saved is published with the factor, and packages measure the same', async () => {
  const packed = await pipeline.pack();
  expect(packed.exitCode, packed.stderr).toBe(0);
  const packages = ['common', 'warm', 'cold'].map((name) => pipeline.path('packages', `tiny-${name}`));
  const { json, exitCode, stderr } = await runCaptured([...measure, ...packages, '--json']);
  expect(exitCode, stderr).toBe(0);
  const report = json<Report>();
  const inspected = await runCaptured(['inspect', packages[1] as string, '--json']);
  const manifest = inspected.json<{
    report: { accuracy: number; calibrationError: number; heldOut: object; leakage: StatedLeakage[] };
  }>();
  expect(manifest.report.heldOut).toEqual({
    examples: 80,
    data: expect.stringMatching(/^imageFolder\(others, 80/),
  });
  expect(manifest.report.accuracy).toBe(report.factors.warm?.accuracy);
  expect(manifest.report.calibrationError).toBe(report.factors.warm?.calibration?.error);
  const stated = ['linear', 'kernel'].map((probe) => {
    const { examples, codes, rows } = report.leakage[probe] as ProbedLeakage;
    // Of two factors each row has one cell.
    const { mean } = rows.warm as (typeof rows)[string];
    return { probe, examples, tasks: codes.warm, mean, maximum: mean };
  });
  expect(manifest.report.leakage).toEqual(stated);
  expect(Object.keys(report.bytes)).toEqual(['tiny-common', 'tiny-warm', 'tiny-cold']);
});

test('says which labels are missing', async () => {
  const { exitCode, stderr } = await runCaptured([
    'evaluate',
    ...['--teacher', pipeline.path('teacher'), '--data', 'shapes:size=40', '--bricks', pipeline.path('out')],
    ...['--backend', 'wasm'],
  ]);
  expect(exitCode).toBe(2);
  expect(stderr).toMatch(/There is no task "cold" here.*labelled for the task of every factor/s);
});

test('trains plain networks beside it, keeps them, and says what is missing for that', async () => {
  const bricks = ['--bricks', pipeline.path('out')];
  const train = ['--train-data', pipeline.path('pictures'), '--epochs', '1', '--batch-size', '16'];
  const asked = [...measure, ...bricks, ...train, '--baselines'];
  const { stdout, stderr, exitCode } = await runCaptured(asked);
  expect(exitCode, stderr).toBe(0);
  expect(stderr).toContain('baseline 1 of 3: shared-trunk');
  for (const name of ['shared trunk, a head per task', 'separate students']) {
    expect(stdout).toMatch(new RegExp(`│ ${name} +│ +[01]\\.\\d`));
  }
  expect(await readdir(pipeline.path('out', 'baselines'))).toHaveLength(3);
  const missing = await runCaptured([...measure, ...bricks, '--baselines']);
  expect([missing.exitCode, missing.stderr]).toEqual([2, expect.stringContaining('needs --train-data')]);
  const wrong = await runCaptured([...asked, 'trunk']);
  expect([wrong.exitCode, wrong.stderr]).toEqual([2, expect.stringContaining('shared-trunk, students')]);
});

test('the table has a row per task', async () => {
  const { stdout } = await runCaptured([...measure, '--bricks', pipeline.path('out')]);
  for (const task of ['warm', 'cold']) expect(stdout).toMatch(new RegExp(`│ ${task} +│ +\\d`));
  expect(stdout).toMatch(/│ calibration error +│.*│ jointly: colour +│ +\d/s);
  expect(stdout).toMatch(/t of warm.* ± 0\.\d\d.*\(cold\)/);
  expect(stdout).toContain('leaving a factor out withholds nothing');
  expect(stdout).toMatch(/warm: (nothing bounds its code|capacity)/);
});

test('a group takes only classes that exist', async () => {
  const base = ['factorize', '--teacher', pipeline.path('teacher'), '--data', pipeline.path('pictures')];
  const wrong = await runCaptured([
    ...base,
    '--out',
    pipeline.path('x'),
    '--group',
    'warm=red,pink',
    ...tiny,
  ]);
  expect(wrong.exitCode).toBe(2);
  expect(wrong.stderr).toMatch(/groups\.warm.*blue, green, red, white/);
});

test('leaves no tensor behind', async () => {
  await expectNoLeak(() => runCaptured([...measure, '--bricks', pipeline.path('out')]));
});
