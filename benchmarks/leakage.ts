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
import type { Measured } from '@factornet/metrics';
import Table from 'cli-table3';
import { Command } from 'commander';

interface Row {
  readonly beta: number;
  readonly seconds: number;
  readonly evaluation: FactorizationEvaluation;
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
  const evaluation = await evaluateFactorization({ ...factorization, teacher, data: testData(), seed });
  reporter.stop();
  disposeFactorization(factorization);
  teacher.dispose();
  return { beta, seconds, evaluation };
}

/** Mean leakage of every row over that of β = 0, by each probe. */
function ratios(all: readonly Row[]): Record<string, Record<string, number>> {
  const base = all.find(({ beta }) => beta === 0)?.evaluation.leakage;
  if (base === undefined) return {};
  return Object.fromEntries(
    all.map(({ beta, evaluation: { leakage } }) => [
      String(beta),
      Object.fromEntries(
        Object.entries(leakage).map(([probe, { mean }]) => [
          probe,
          (mean?.value ?? Number.NaN) / (base[probe]?.mean?.value ?? Number.NaN),
        ]),
      ),
    ]),
  );
}

function render(all: readonly Row[]): string {
  const first = all[0]?.evaluation;
  const tasks = Object.keys(first?.factors ?? {});
  const probes = Object.keys(first?.leakage ?? {});
  const table = new Table({
    head: [
      'β',
      ...tasks,
      ...probes.flatMap((probe) => [`leaks (${probe}), mean`, 'largest', 'z tells', 'least t alone']),
    ],
    style: { head: [], border: [] },
  });
  table.push(['teacher', ...tasks.map((task) => (first?.teacher.accuracy[task] ?? 0).toFixed(3))]);
  for (const { beta, evaluation } of all) {
    table.push([
      String(beta),
      ...Object.values(evaluation.factors).map((factor) => factor.accuracy.toFixed(3)),
      ...probes.flatMap((probe) => cellsOf(probe, evaluation)),
    ]);
  }
  const shares = Object.entries(ratios(all)).map(([beta, perProbe]) => {
    const each = Object.entries(perProbe).map(([probe, ratio]) => `${ratio.toFixed(2)} (${probe} probe)`);
    return `β = ${beta}: ${each.join(', ')} of the leakage at β = 0`;
  });
  return [table.toString(), ...shares].join('\n');
}

function cellsOf(probe: string, { factors, leakage }: FactorizationEvaluation): string[] {
  const { mean, maximum, common } = leakage[probe] ?? {};
  const fromCommon = Object.values(common ?? {}).map(({ value }) => value);
  const alone = Object.values(factors).map((factor) => factor.normalisedFromSpecificAlone[probe]?.value ?? 0);
  return [
    figure(mean),
    maximum ? `${figure(maximum)} (${maximum.from} → ${maximum.to})` : '–',
    `${Math.min(...fromCommon).toFixed(3)} to ${Math.max(...fromCommon).toFixed(3)}`,
    Math.min(...alone).toFixed(3),
  ];
}

/** With its standard error. */
function figure(measured: Measured | undefined): string {
  return measured ? `${measured.value.toFixed(3)} ± ${measured.standardError.toFixed(3)}` : '–';
}
