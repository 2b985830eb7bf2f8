import * as v from 'valibot';
import type { TaskDescription } from '../manifest/task';

/**
 * The schema of a kind of task from a check, for who has no schema library at hand.
 *
 * @param isTask whether something that a stranger may have written is a task of the kind
 * @param expected what it has to be, for messages: `{ name, type: "age", unit }`
 */
export function schemaFrom<Task extends TaskDescription>(
  isTask: (value: unknown) => value is Task,
  expected: string,
): v.GenericSchema<unknown, Task> {
  return v.custom<Task>(isTask, `Expected ${expected}`);
}
