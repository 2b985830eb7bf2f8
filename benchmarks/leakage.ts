// What the bottleneck does: the quickstart's factorization at its default β and at β = 0.
//   pnpm bench:leakage [--json] [--beta 0,0.15]
import { createProgressReporter } from '@factornet/cli';
import { useBackend } from '@factornet/core';
import {
  commonBackbone,
  seed,
  specificBackbone,
  teacherDirectory,
  testData,
  trainData,
  training,
} from '@factornet/example-quickstart/settings';
import {
  disposeFactorization,
  evaluateFactorization,
  type FactorizationEvaluation,
  factorize,
  infoMaxBottleneck,
} from '@factornet/factorizer';
import { readTeacher } from '@factornet/factorizer/node';
import Table from 'cli-table3';
import { Command } from 'commander';

interface Row {
  readonly beta: number;
  readonly seconds: number;
  /** Features standardised before probing: the stronger adversary, and the default. */
  readonly standardised: FactorizationEvaluation;
  /** Features on their own scale. */
  readonly unscaled: FactorizationEvaluation;
}

const flags = new Command('bench:leakage')
  .description('Leakage with and without the bottleneck, on the quickstart’s networks')
  .option('--beta <list>', 'weights of the bottleneck', '0,0.15')
  .option('--json', 'print one JSON object', false)
  .parse()
  .opts<{ beta: string; json: boolean }>();

await useBackend('wasm');
const rows: Row[] = [];
for (const beta of flags.beta.split(',').map(Number)) rows.push(await measure(beta));
if (flags.json) process.stdout.write(`${JSON.stringify({ seed, rows, ratio: ratios(rows) })}\n`);
else process.stdout.write(`${render(rows)}\n`);

async function measure(beta: number): Promise<Row> {
  const { teacher } = await readTeacher(teacherDirectory);
  const reporter = createProgressReporter();
  process.stderr.write(`\nβ = ${beta}\n`);
  const startedAt = performance.now();
  const factorization = await factorize({
    ...training,
    teacher,
    data: trainData(),
    common: commonBackbone(),
    specific: specificBackbone(),
    objective: infoMaxBottleneck({ beta }),
    onProgress: reporter.onProgress,
  });
  const seconds = (performance.now() - startedAt) / 1000;
  const request = { ...factorization, teacher, data: testData(), seed };
  const standardised = await evaluateFactorization(request);
  const unscaled = await evaluateFactorization({ ...request, probe: { standardise: false } });
  reporter.stop();
  disposeFactorization(factorization);
  teacher.dispose();
  return { beta, seconds, standardised, unscaled };
}

/** Mean leakage of every row over that of β = 0, read from the mean. */
function ratios(all: readonly Row[]): Record<string, { standardised: number; unscaled: number }> {
  const base = all.find(({ beta }) => beta === 0);
  if (base === undefined) return {};
  return Object.fromEntries(
    all.map(({ beta, standardised, unscaled }) => [
      String(beta),
      {
        standardised: standardised.meanLeakage.mean / base.standardised.meanLeakage.mean,
        unscaled: unscaled.meanLeakage.mean / base.unscaled.meanLeakage.mean,
      },
    ]),
  );
}

function render(all: readonly Row[]): string {
  const tasks = Object.keys(all[0]?.standardised.factors ?? {});
  const table = new Table({
    head: [
      'β',
      ...tasks,
      'leaks (mean)',
      'leaks (mean, unscaled)',
      'leaks (sample)',
      'least t alone (sample)',
    ],
    style: { head: [], border: [] },
  });
  const teacher = all[0]?.standardised.teacher.accuracy ?? {};
  table.push(['teacher', ...tasks.map((task) => (teacher[task] ?? 0).toFixed(3)), '', '', '', '']);
  for (const { beta, standardised, unscaled } of all) {
    const factors = Object.values(standardised.factors);
    const alone = Math.min(...factors.map((factor) => factor.normalisedFromSpecificAlone.sample));
    table.push([
      String(beta),
      ...factors.map((factor) => factor.accuracy.toFixed(3)),
      standardised.meanLeakage.mean.toFixed(3),
      unscaled.meanLeakage.mean.toFixed(3),
      standardised.meanLeakage.sample.toFixed(3),
      alone.toFixed(3),
    ]);
  }
  const shares = Object.entries(ratios(all)).map(
    ([beta, { standardised, unscaled }]) =>
      `β = ${beta}: ${standardised.toFixed(2)} of the leakage at β = 0 (unscaled ${unscaled.toFixed(2)})`,
  );
  return [table.toString(), ...shares].join('\n');
}
