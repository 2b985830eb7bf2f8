import type { FactorNetwork } from '@factornet/core';
import type { FactorSource } from '../sources';

/** Task names with their class names, e.g. `{ shape: readonly ['circle', 'square'] }`. */
export type TaskClasses = Readonly<Record<string, readonly string[]>>;

/** The task of a factor, as literally as its type tells. */
type TaskOf<Factor> = Factor extends { readonly manifest: { readonly task: infer Task } }
  ? Task
  : Factor extends FactorNetwork<infer Task>
    ? Task
    : never;

export type NameOf<Factor> =
  TaskOf<Factor> extends { readonly name: infer Name extends string } ? Name : never;

type ClassesOf<Factor> =
  TaskOf<Factor> extends { readonly classes: infer Classes extends readonly string[] }
    ? Readonly<Classes>
    : never;

/** The tasks that a list of factors solves: literal for imported packages, any string for untyped ones. */
export type TasksOf<Factors extends readonly FactorSource[]> = {
  readonly [Factor in Factors[number] as NameOf<Factor>]: ClassesOf<Factor>;
};

/** `Tasks` and one more factor's task. */
export type AddTask<Tasks extends TaskClasses, Factor extends FactorSource> = Flatten<
  Tasks & TasksOf<readonly [Factor]>
>;

/** `Tasks` less one. */
export type RemoveTask<Tasks extends TaskClasses, Task extends string> = {
  readonly [Name in keyof Tasks as Name extends Task ? never : Name]: Tasks[Name];
};

/** Shows an intersection as one object, in messages and on hover. */
type Flatten<T> = { readonly [Key in keyof T]: T[Key] };
