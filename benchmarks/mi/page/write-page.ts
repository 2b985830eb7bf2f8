import { join } from 'node:path';
import { writeText } from '@factornet/core/node';
import type { BenchmarkResults } from '../results';
import { staircaseCritics, staircaseTasks } from '../staircase/job';
import { benchmarkPage } from './benchmark-page';
import { staircasePlot } from './staircase-plot';
import { staircaseTable } from './staircase-table';
import { taskErrors } from './task-errors';

/** Writes page, plots and the results they are made of. */
export async function writePage(results: BenchmarkResults, folder: string): Promise<void> {
  for (const task of staircaseTasks) {
    await writeText(join(folder, plotFile(task)), await staircasePlot(results, task));
  }
  const staircases = Object.fromEntries(
    staircaseTasks.map((task) => [
      task,
      {
        plot: plotFile(task),
        tables: staircaseCritics.map((critic) => staircaseTable(results, task, critic)),
      },
    ]),
  );
  const page = benchmarkPage({ results, staircases, errors: taskErrors(results) });
  await writeText(join(folder, 'README.md'), page);
  await writeText(join(folder, 'results.json'), `${JSON.stringify(results)}\n`);
}

function plotFile(task: string): string {
  return `staircase-${task.toLowerCase()}.svg`;
}
