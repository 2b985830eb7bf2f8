import { taskEstimators } from '../tasks/estimators';
import { markdownTable, signed } from './markdown';
import { meanAbsoluteError, type TaskErrors } from './task-errors';

const estimators = Object.keys(taskEstimators);

/** Bias per task and estimator; the smallest mean absolute error of a row is bold. */
export function taskTable(errors: readonly TaskErrors[]): string {
  const rows = errors.map(({ task, dimensions, truth, bias, absolute }) => {
    const least = Math.min(...Object.values(absolute));
    return [
      `${task}`,
      String(dimensions),
      truth.toFixed(3),
      ...estimators.map((name) => {
        const value = bias[name];
        if (value === undefined) return '–';
        return absolute[name] === least ? `**${signed(value)}**` : signed(value);
      }),
    ];
  });
  return markdownTable(['task', 'dimensions', 'truth', ...estimators], rows);
}

/** Mean absolute error over groups of tasks. */
export function summaryTable(errors: readonly TaskErrors[]): string {
  const groups = {
    '1 dimension': errors.filter(({ dimensions }) => dimensions === 1),
    '2 to 5 dimensions': errors.filter(({ dimensions }) => dimensions > 1 && dimensions <= 5),
    '1 to 5 dimensions': errors.filter(({ dimensions }) => dimensions <= 5),
    '25 and 50 dimensions': errors.filter(({ dimensions }) => dimensions > 5),
  };
  const rows = Object.entries(groups).map(([group, members]) => [
    group,
    String(members.length),
    ...estimators.map((name) => meanAbsoluteError(members, name)?.toFixed(3) ?? '–'),
  ]);
  return markdownTable(['mean absolute error', 'tasks', ...estimators], rows);
}

/** On which tasks the best other estimator is at or below KSG's error, and on which none is. */
export function againstKsg(errors: readonly TaskErrors[]): { won: string[]; lost: string[] } {
  const won: string[] = [];
  const lost: string[] = [];
  for (const { task, absolute } of errors) {
    const { KSG: reference, ...others } = absolute;
    const best = Math.min(...Object.values(others));
    (best <= (reference as number) ? won : lost).push(task);
  }
  return { won, lost };
}
