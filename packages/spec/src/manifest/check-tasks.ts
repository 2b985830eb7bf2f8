import { InvalidOptionError } from '../errors/invalid-option-error';
import { checkTaskName } from './check-task-name';

export interface CheckTasksOptions {
  /** How the caller names them. Default `tasks`. */
  option?: string;
  /** Whether each says `type: 'classification'`, as manifests do. Default true. */
  typed?: boolean;
}

/**
 * Checks what a program gives as tasks, before anything is done with them: a list, not empty, of names and classes that
 * are texts, two or more classes a task, and nothing twice.
 *
 * @throws InvalidOptionError naming the element that is wrong, `tasks[1].classes[0]`
 * @example
 * checkTasks([{ name: 'shape', type: 'classification', classes: ['disc', 'square'] }]);
 */
export function checkTasks(tasks: unknown, { option = 'tasks', typed = true }: CheckTasksOptions = {}): void {
  if (!Array.isArray(tasks) || tasks.length === 0) {
    refuse(option, 'a list of at least one task, { name, type, classes }', tasks);
  }
  const names = tasks.map((task: unknown, index) =>
    checkTask(task, { option: `${option}[${index}]`, typed }),
  );
  refuseRepeated(names, (index) => `${option}[${index}].name`);
}

/** The same for one task. @returns its name */
export function checkTask(task: unknown, { option = 'task', typed = true }: CheckTasksOptions = {}): string {
  if (typeof task !== 'object' || task === null || Array.isArray(task)) {
    refuse(option, 'a task, { name, type, classes }', task);
  }
  const { name, type, classes } = task as Record<string, unknown>;
  if (!isText(name)) refuse(`${option}.name`, 'a text that is not empty', name);
  // What is packed has it in paths; a metric only keeps it.
  if (typed) checkTaskName(name, `${option}.name`);
  if (typed && type !== 'classification') refuse(`${option}.type`, '"classification"', type);
  if (!Array.isArray(classes)) refuse(`${option}.classes`, 'a list of names of classes', classes);
  for (const [index, one] of classes.entries()) {
    if (!isText(one)) refuse(`${option}.classes[${index}]`, 'a text that is not empty', one);
  }
  if (classes.length < 2) refuse(`${option}.classes`, 'at least two classes', classes);
  refuseRepeated(classes, (index) => `${option}.classes[${index}]`);
  return name;
}

const isText = (value: unknown): value is string => typeof value === 'string' && value !== '';

function refuseRepeated(names: readonly string[], place: (index: number) => string): void {
  const index = names.findIndex((name, position) => names.indexOf(name) < position);
  if (index >= 0) refuse(place(index), 'a name that none before it has', names[index]);
}

function refuse(option: string, expected: string, received: unknown): never {
  throw new InvalidOptionError({ option, expected, received });
}
