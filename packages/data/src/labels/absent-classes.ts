import type { Dataset } from '../dataset';
import { readLabels } from './read-labels';

/**
 * A sentence for each task some of whose classes no example has.
 *
 * @example
 * for (const note of await noteAbsentClasses(train)) console.warn(note);
 */
export async function noteAbsentClasses(dataset: Dataset): Promise<string[]> {
  const labels = await readLabels(dataset);
  return dataset.tasks.flatMap(({ name, classes }) => {
    const present = new Set(labels[name]);
    return noteAbsent(
      name,
      classes.filter((_, label) => !present.has(label)),
    );
  });
}

/** The sentence, if there is anything to say. */
export function noteAbsent(task: string, classes: readonly string[]): string[] {
  if (classes.length === 0) return [];
  return [`No example of ${list(classes)} (task "${task}").`];
}

/** `"a", "b" and 3 more` */
export function list(names: readonly string[], most = 8): string {
  const told = names.slice(0, most).map((name) => JSON.stringify(name));
  return told.join(', ') + (names.length > most ? ` and ${names.length - most} more` : '');
}
