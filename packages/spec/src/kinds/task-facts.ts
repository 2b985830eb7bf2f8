import type { TaskDescription } from '../manifest/task';
import type { TaskKind } from './task-kind';
import { kindOf, taskKinds } from './task-kinds';

export interface TaskFacts {
  /** What there is to tell, as JSON: `{ classes: ['circle', 'star'] }`. */
  readonly json: Readonly<Record<string, readonly string[]>>;
  /** What the most important of it is called: `classes`. */
  readonly heading: string;
  readonly names: readonly string[];
}

/** What a task can tell, by its kind. */
export function taskFacts(task: TaskDescription, kinds: readonly TaskKind[] = taskKinds): TaskFacts {
  const json = kindOf(task, kinds).facts(task);
  const [[heading, names] = ['', []]] = Object.entries(json);
  return { json, heading, names };
}
