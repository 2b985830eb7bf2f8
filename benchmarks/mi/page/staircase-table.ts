import type { BenchmarkResults } from '../results';
import { levels, type Spread, type StaircaseJob } from '../staircase/job';
import { readingNames } from '../staircase/trainings';
import { markdownTable } from './markdown';

/** Mean ± standard deviation of one batch at the end of each level. */
export function staircaseTable(
  { staircases }: Pick<BenchmarkResults, 'staircases'>,
  task: StaircaseJob['task'],
  critic: StaircaseJob['critic'],
): string {
  const found = new Map(
    staircases
      .filter(({ job }) => job.task === task && job.critic === critic)
      .flatMap(({ result }) => Object.entries(result.plateaus)),
  );
  const rows = readingNames.flatMap((reading) => {
    const plateaus = found.get(reading);
    return plateaus === undefined ? [] : [[reading, ...plateaus.map(showSpread)]];
  });
  return markdownTable([`${critic} critic`, ...levels.map((nats) => `${nats} nats`)], rows);
}

function showSpread({ mean, deviation }: Spread): string {
  if (mean === null || Math.abs(mean) > 1000) return 'diverged';
  const spread = deviation === null || deviation > 1000 ? '> 1000' : deviation.toFixed(2);
  return `${mean.toFixed(2)} ± ${spread}`;
}
