// What the corrections of the authors' objective change: the quickstart's teacher factorized with each.
//   pnpm bench:reference [--json] [--objectives corrected,reference]
import { createProgressReporter } from '@factornet/cli';
import { useBackend } from '@factornet/core';
import {
  seed,
  teacherDirectory,
  testData,
  together,
  trainData,
} from '@factornet/example-quickstart/settings';
import { disposeFactorization, evaluateFactorization, factorize } from '@factornet/factorizer';
import { readTeacher } from '@factornet/factorizer/node';
import { Command, InvalidArgumentError } from 'commander';
import { type ObjectiveName, objectives } from './reference-objective/objectives';
import { type Row, render } from './reference-objective/render';

const flags = new Command('bench:reference')
  .description('The objective of the paper’s code beside ours, on the quickstart’s networks')
  .option('--objectives <list>', `of ${Object.keys(objectives).join(', ')}`, parseNames, [
    'corrected',
    'reference',
  ] as ObjectiveName[])
  .option('--json', 'print one JSON object', false)
  .parse()
  .opts<{ objectives: ObjectiveName[]; json: boolean }>();

await useBackend('wasm');
const rows: Row[] = [];
for (const name of flags.objectives) rows.push(await measure(name));
process.stdout.write(flags.json ? `${JSON.stringify({ seed, rows })}\n` : `${render(rows)}\n`);

async function measure(objective: ObjectiveName): Promise<Row> {
  const { teacher } = await readTeacher(teacherDirectory);
  const reporter = createProgressReporter();
  process.stderr.write(`\n${objective}\n`);
  const startedAt = performance.now();
  const factorization = await factorize({
    ...together.training,
    teacher,
    data: trainData(16_000),
    common: together.common(),
    specific: together.specific(),
    objective: objectives[objective](),
    onProgress: reporter.onProgress,
  });
  const seconds = (performance.now() - startedAt) / 1000;
  const evaluation = await evaluateFactorization({ ...factorization, teacher, data: testData(), seed });
  reporter.stop();
  const last = factorization.history.at(-1)?.terms ?? {};
  const cosines = {
    pairs: last['cosine-of-pairs'] as number,
    strangers: last['cosine-of-strangers'] as number,
  };
  disposeFactorization(factorization);
  teacher.dispose();
  return { objective, seconds, evaluation, cosines };
}

function parseNames(list: string): ObjectiveName[] {
  return list.split(',').map((name) => {
    if (name in objectives) return name as ObjectiveName;
    throw new InvalidArgumentError(`there are ${Object.keys(objectives).join(', ')}`);
  });
}
