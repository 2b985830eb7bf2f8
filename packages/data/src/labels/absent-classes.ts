import { kindOf } from '@factornet/spec/internal';
import type { Dataset, LabelValues } from '../dataset';
import type { LabelledTaskKind } from '../kinds/labelled-task-kind';
import { labelledTaskKinds } from '../kinds/labelled-task-kinds';
import { readLabels } from './read-labels';

/**
 * A sentence for each task some of whose classes no example has.
 *
 * @throws InvalidOptionError for a task of a kind that `kinds` do not have
 * @example
 * for (const note of await noteAbsentClasses(train)) console.warn(note);
 */
export async function noteAbsentClasses(
  dataset: Dataset,
  kinds: readonly LabelledTaskKind[] = labelledTaskKinds,
): Promise<string[]> {
  const labels = await readLabels(dataset);
  return dataset.tasks.flatMap(
    (task) => kindOf(task, kinds).noteAbsent?.(task, labels[task.name] as LabelValues) ?? [],
  );
}
