import { UnusableArraysError } from '@factornet/spec/training';

export interface ArrayErrorOptions {
  readonly hint?: string;
  readonly cause?: unknown;
}

/** A file of arrays that cannot be used: `samples.npz cannot be used: the array "x" is empty.` */
export function arrayError(
  path: string,
  problem: string,
  options: ArrayErrorOptions = {},
): UnusableArraysError {
  return new UnusableArraysError({ path, problem }, options);
}

/** Makes the error for what is wrong with one array, said as what follows its name: `is truncated`. */
export type Refuse = (problem: string, options?: ArrayErrorOptions) => UnusableArraysError;

export function refuseArray(path: string, name: string): Refuse {
  return (problem, options) => arrayError(path, `the array "${name}" ${problem}`, options);
}

/** `[100, 3]`, as NumPy shows it. */
export function shapeText(shape: readonly number[]): string {
  return `[${shape.join(', ')}]`;
}

/** `"x", "y"`; the first dozen of many. */
export function nameList(names: readonly string[]): string {
  if (names.length === 0) return 'nothing';
  const shown = names.slice(0, 12).map((name) => JSON.stringify(name));
  const rest = names.length - shown.length;
  return rest > 0 ? `${shown.join(', ')} and ${rest} more` : shown.join(', ');
}
