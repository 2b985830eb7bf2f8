import { InvalidOptionError } from '../errors/invalid-option-error';
import type { TaskKind } from '../kinds/task-kind';
import { checkTaskName } from './check-task-name';
import { check } from './check-value';

/**
 * Checks what describes a task besides its name.
 *
 * @param option where the task is, `tasks[1]`
 * @throws InvalidOptionError naming what is wrong, `tasks[1].classes[0]`
 */
export type TaskCheck = (task: Readonly<Record<string, unknown>>, option: string) => void;

/** A kind that says better than its schema what is wrong with a task. */
export type CheckedTaskKind = TaskKind & { readonly check?: TaskCheck };

/**
 * Checks what a program gives as tasks, before anything is done with them: a list, not empty, of tasks with different names.
 *
 * @param checkRest what else a task has to be: `ofKinds(kinds)`
 * @throws InvalidOptionError naming the element that is wrong, `tasks[1].classes[0]`
 * @example
 * checkTasks([{ name: 'shape', type: 'classification', classes: ['disc', 'square'] }], ofKinds(trainableTaskKinds));
 */
export function checkTasks(tasks: unknown, checkRest: TaskCheck): void {
  if (!Array.isArray(tasks) || tasks.length === 0) {
    refuse('tasks', 'a list of at least one task, { name, type, classes }', tasks);
  }
  const names = tasks.map((task: unknown, index) => checkTask(task, checkRest, `tasks[${index}]`));
  refuseRepeated(names, (index) => `tasks[${index}].name`);
}

/** The same for one task. @returns its name */
export function checkTask(task: unknown, checkRest: TaskCheck, option = 'task'): string {
  if (typeof task !== 'object' || task === null || Array.isArray(task)) {
    refuse(option, 'a task, { name, type, classes }', task);
  }
  const { name } = task as Record<string, unknown>;
  if (!isText(name)) refuse(`${option}.name`, 'a text that is not empty', name);
  checkRest(task as Record<string, unknown>, option);
  return name;
}

/** Checks tasks as manifests have them, of one of these kinds. */
export function ofKinds(kinds: readonly CheckedTaskKind[]): TaskCheck {
  return (task, option) => {
    // What is packed has it in paths.
    checkTaskName(task.name as string, `${option}.name`);
    const kind = kinds.find(({ type }) => type === task.type);
    if (kind === undefined) {
      const known = kinds.map(({ type }) => JSON.stringify(type)).join(' or ');
      refuse(`${option}.type`, known, task.type);
    }
    if (kind.check !== undefined) return kind.check(task, option);
    const result = check(kind.schema, task);
    if ('issues' in result) refuse(option, `a task of the kind "${kind.type}"`, result.issues.join('; '));
  };
}

/** Checks that a task has two or more classes, each a text, and none twice. */
export const checkClasses: TaskCheck = ({ classes }, option) => {
  if (!Array.isArray(classes)) refuse(`${option}.classes`, 'a list of names of classes', classes);
  for (const [index, one] of classes.entries()) {
    if (!isText(one)) refuse(`${option}.classes[${index}]`, 'a text that is not empty', one);
  }
  if (classes.length < 2) refuse(`${option}.classes`, 'at least two classes', classes);
  refuseRepeated(classes, (index) => `${option}.classes[${index}]`);
};

const isText = (value: unknown): value is string => typeof value === 'string' && value !== '';

function refuseRepeated(names: readonly string[], place: (index: number) => string): void {
  const index = names.findIndex((name, position) => names.indexOf(name) < position);
  if (index >= 0) refuse(place(index), 'a name that none before it has', names[index]);
}

function refuse(option: string, expected: string, received: unknown): never {
  throw new InvalidOptionError({ option, expected, received });
}
