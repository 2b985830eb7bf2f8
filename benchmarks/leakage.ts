// What codes give away: the quickstart's factorization with codes of several kinds, and the paper's way.
//   pnpm bench:leakage [--json] [--designs default,deterministic,together,unpressed] [--limit 2000]
import { createProgressReporter } from '@factornet/cli';
import { useBackend } from '@factornet/core';
import {
  commonBackbone,
  seed,
  specificBackbones,
  teacherDirectory,
  testData,
  together,
  trainData,
  training,
} from '@factornet/example-quickstart/settings';
import {
  disposeFactorization,
  evaluateFactorization,
  type FactorizationEvaluation,
  factorize,
  infoMaxBottleneck,
  trainableDeterministic,
} from '@factornet/factorizer';
import { readTeacher } from '@factornet/factorizer/node';
import type { Measured } from '@factornet/metrics';
import Table from 'cli-table3';
import { Command, InvalidArgumentError } from 'commander';

const separately = () => ({
  ...training,
  common: commonBackbone(),
  specific: specificBackbones(),
});
const allAtOnce = (beta?: number) => ({
  ...together.training,
  common: together.common(),
  specific: together.specific(),
  objective: infoMaxBottleneck({ ...(beta !== undefined && { beta }) }),
});

const designs = {
  /** Two stages, a hard choice for every classification. */
  default: separately,
  /** Two stages, and a code that nothing bounds. */
  deterministic: () => ({ ...separately(), code: trainableDeterministic() }),
  /** All at once, the paper's way: Gaussian codes under a bottleneck. */
  together: () => allAtOnce(),
  /** The same without the bottleneck. */
  unpressed: () => allAtOnce(0),
};
type Design = keyof typeof designs;

interface Row {
  readonly design: Design;
  readonly seconds: number;
  readonly evaluation: FactorizationEvaluation;
}

const flags = new Command('bench:leakage')
  .description('What codes of several kinds give away, on the quickstart’s networks')
  .option('--designs <list>', `of ${Object.keys(designs).join(', ')}`, parseDesigns, [
    'default',
    'deterministic',
    'together',
    'unpressed',
  ] as Design[])
  .option(
    '--limit <count>',
    'of training pictures, and as many to test on (default: 16,000 and 6,000)',
    Number,
  )
  .option('--json', 'print one JSON object', false)
  .parse()
  .opts<{ designs: Design[]; limit?: number; json: boolean }>();

await useBackend('wasm');
const rows: Row[] = [];
for (const design of flags.designs) rows.push(await measure(design));
if (flags.json) process.stdout.write(`${JSON.stringify({ seed, rows })}\n`);
else process.stdout.write(`${render(rows)}\n`);

function parseDesigns(text: string): Design[] {
  return text.split(',').map((name) => {
    if (Object.hasOwn(designs, name)) return name as Design;
    throw new InvalidArgumentError(`There is no design "${name}" here.`);
  });
}

async function measure(design: Design): Promise<Row> {
  const { teacher } = await readTeacher(teacherDirectory);
  const reporter = createProgressReporter();
  process.stderr.write(`\n${design}\n`);
  const startedAt = performance.now();
  const factorization = await factorize({
    ...designs[design](),
    teacher,
    data: trainData(flags.limit ?? 16_000),
    onProgress: reporter.onProgress,
  });
  const seconds = (performance.now() - startedAt) / 1000;
  const evaluation = await evaluateFactorization({
    ...factorization,
    teacher,
    data: testData(flags.limit ?? 6000),
    seed,
  });
  reporter.stop();
  disposeFactorization(factorization);
  teacher.dispose();
  return { design, seconds, evaluation };
}

function render(all: readonly Row[]): string {
  const first = all[0]?.evaluation;
  const tasks = Object.keys(first?.factors ?? {});
  const probes = Object.keys(first?.leakage ?? {});
  const table = new Table({
    head: [
      '',
      ...tasks,
      ...probes.flatMap((probe) => [`leaks (${probe}), mean`, 'largest', 'z tells', 'least t alone']),
    ],
    style: { head: [], border: [] },
  });
  table.push(['teacher', ...tasks.map((task) => (first?.teacher.accuracy[task] ?? 0).toFixed(3))]);
  for (const { design, evaluation } of all) {
    table.push([
      design,
      ...Object.values(evaluation.factors).map((factor) => factor.accuracy.toFixed(3)),
      ...probes.flatMap((probe) => cellsOf(probe, evaluation)),
    ]);
  }
  const capacities = all.map(({ design, evaluation: { guarantees } }) => {
    const each = Object.entries(guarantees).map(([task, { capacity, left }]) =>
      capacity === 'infinite'
        ? `${task} none`
        : `${task} ${capacity.toFixed(2)} (${left?.toFixed(2) ?? '–'} left)`,
    );
    return `${design}: capacity in nats, and what is left of it beside the own task: ${each.join(', ')}`;
  });
  return [table.toString(), ...capacities].join('\n');
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
