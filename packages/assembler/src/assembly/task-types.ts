import type { FactorNetwork } from '@factornet/core';
import type { TaskDescription } from '@factornet/spec';
import type { FactorSource } from '../sources';

/**
 * Task names with what they are told by: class names, e.g. `{ shape: readonly ['circle', 'square'] }`, or the whole
 * description of a task that is no classification.
 */
export type TaskClasses = Readonly<Record<string, readonly string[] | TaskDescription>>;

/** Names of tasks that are of a label space, with its name, e.g. `{ animals: 'cifar10' }`. */
export type TaskSpaces = Readonly<Record<string, string>>;

/** The task of a factor, as literally as its type tells; of a package that is named only, nothing. */
type TaskOf<Factor> = Factor extends { readonly manifest: { readonly task: infer Task } }
  ? Task
  : Factor extends FactorNetwork<infer Task>
    ? Task
    : Factor extends string | URL
      ? { readonly name: string; readonly type: string }
      : never;

export type NameOf<Factor> =
  TaskOf<Factor> extends { readonly name: infer Name extends string } ? Name : never;

/** What is not known literally is taken for a classification. */
type ClassesOf<Factor> =
  TaskOf<Factor> extends { readonly type: infer Type extends string }
    ? string extends Type
      ? readonly string[]
      : TaskOf<Factor> extends {
            readonly type: 'classification';
            readonly classes: infer Classes extends readonly string[];
          }
        ? Readonly<Classes>
        : TaskOf<Factor>
    : never;

/** Any, where the task is not known literally; none, where it is of no label space. */
type SpaceOf<Factor> =
  string extends NameOf<Factor>
    ? string
    : TaskOf<Factor> extends { readonly labelSpace: { readonly name: infer Name extends string } }
      ? Name
      : never;

/** The tasks that a list of factors solves: literal for imported packages, any string for untyped ones. */
export type TasksOf<Factors extends readonly FactorSource[]> = {
  readonly [Factor in Factors[number] as NameOf<Factor>]: ClassesOf<Factor>;
};

/** The label spaces of their tasks. */
export type SpacesOf<Factors extends readonly FactorSource[]> = {
  readonly [Factor in Factors[number] as [SpaceOf<Factor>] extends [never]
    ? never
    : NameOf<Factor>]: SpaceOf<Factor>;
};

/** `Tasks` and one more factor's task. */
export type AddTask<Tasks extends TaskClasses, Factor extends FactorSource> = Flatten<
  Tasks & TasksOf<readonly [Factor]>
>;

/** `Spaces` and that of one more factor's task. */
export type AddSpace<Spaces extends TaskSpaces, Factor extends FactorSource> = Flatten<
  Spaces & SpacesOf<readonly [Factor]>
>;

/** `Tasks`, or `Spaces`, less one task. */
export type RemoveTask<Tasks, Task extends string> = {
  readonly [Name in keyof Tasks as Name extends Task ? never : Name]: Tasks[Name];
};

/** The label spaces that can be asked for; where there are none, a sentence that the compiler then shows. */
export type SpaceNames<Spaces extends TaskSpaces> = [Spaces[keyof Spaces]] extends [never]
  ? 'no factor here is of a label space'
  : Spaces[keyof Spaces];

/** The classes that factors of one label space tell apart together. */
export type JointClass<Tasks extends TaskClasses, Spaces extends TaskSpaces, Space extends string> = {
  [Task in keyof Spaces & keyof Tasks]: Space extends Spaces[Task]
    ? Extract<Tasks[Task], readonly string[]>[number]
    : never;
}[keyof Spaces & keyof Tasks] extends infer Class extends string
  ? Class
  : never;

/** Shows an intersection as one object, in messages and on hover. */
type Flatten<T> = { readonly [Key in keyof T]: T[Key] };
