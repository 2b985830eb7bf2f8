import { type TaskDescription, UnknownTaskError } from '@factornet/spec';
import { isClassification } from '@factornet/spec/training';
import type { Dataset } from '../dataset';
import type { LabelledTaskKind } from '../kinds/labelled-task-kind';
import { classSubsets } from '../selection/class-subsets';
import { matchTasks } from './match-tasks';

/**
 * A dataset with labels for these tasks: as it is, or divided as their label spaces say. Classes are matched by name.
 *
 * @throws InvalidOptionError for a class that a task, or its label space, does not have
 * @throws UnknownTaskError naming a task that the dataset says nothing about
 */
export function labelFor(
  tasks: readonly TaskDescription[],
  given: Dataset,
  kinds?: readonly LabelledTaskKind[],
): Dataset {
  const spaces = tasks.flatMap(({ type, labelSpace }) => (labelSpace ? [{ type, ...labelSpace }] : []));
  const data = matchTasks(given, [...tasks, ...spaces], kinds);
  const has = (name: string | undefined) => data.tasks.some((task) => task.name === name);
  const missing = tasks.find(({ name }) => !has(name));
  if (missing === undefined) return data;
  const space = missing.labelSpace?.name;
  if (space === undefined || !has(space) || tasks.some(({ labelSpace }) => labelSpace?.name !== space)) {
    throw new UnknownTaskError(
      { task: missing.name, known: data.tasks.map(({ name }) => name) },
      { hint: 'Measuring needs pictures that are labelled for the task of every factor.' },
    );
  }
  const parts = tasks.filter(isClassification).map(({ name, classes }) => [name, classes] as const);
  return classSubsets(data, space, Object.fromEntries(parts));
}
