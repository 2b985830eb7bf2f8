import { InvalidArgumentError } from 'commander';

/** `shape,object-hue`: every task once, in order. */
export function taskList(text: string): string[] {
  const tasks = text.split(',').map((task) => task.trim());
  if (tasks.includes('')) throw new InvalidArgumentError('Expected tasks by name, e.g. shape,object-hue.');
  return [...new Set(tasks)];
}
