import { InvalidOptionError } from '@factornet/spec';

/** @throws InvalidOptionError unless these are names of tasks; a text is no list of its letters */
export function checkTaskNames(tasks: readonly string[]): void {
  if (!Array.isArray(tasks)) {
    throw new InvalidOptionError({ option: 'tasks', expected: 'a list of names of tasks', received: tasks });
  }
  const index = tasks.findIndex((task) => typeof task !== 'string' || task === '');
  if (index < 0) return;
  const received: unknown = tasks[index];
  throw new InvalidOptionError({ option: `tasks[${index}]`, expected: 'the name of a task', received });
}
