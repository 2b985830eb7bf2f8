import type { FactorNetwork } from '@factornet/core';
import type { TaskDescription } from '@factornet/spec';
import type { FactorSource } from '../sources';

/**
 * What a task is told by: class names; these and the label space that they are of; or the whole description of a task that
 * is no classification.
 */
export type Told = readonly string[] | ToldInSpace | TaskDescription;

interface ToldInSpace {
  readonly labelSpace: string;
  readonly classes: readonly string[];
}

/** Task names with what they are told by, e.g. `{ shape: ['circle', 'square'] }`. */
export type TaskClasses = Readonly<Record<string, Told>>;

/** The task of a factor, as literally as its type tells; of a package that is named only, nothing. */
type TaskOf<Factor> = Factor extends { readonly manifest: { readonly task: infer Task } }
  ? Task
  : Factor extends FactorNetwork<infer Task>
    ? Task
    : Factor extends string | URL
      ? { readonly name: string; readonly type: string }
      : never;

export type NameOf<Factor> =
  TaskOf<Factor> extends infer Task
    ? Task extends { readonly name: infer Name extends string }
      ? Name
      : never
    : never;

/** What is not known literally is taken for a classification. */
type ToldOf<Factor> =
  TaskOf<Factor> extends { readonly type: infer Type extends string }
    ? string extends Type
      ? string[]
      : TaskOf<Factor> extends {
            readonly type: 'classification';
            readonly classes: infer Classes extends readonly string[];
          }
        ? TaskOf<Factor> extends { readonly labelSpace: { readonly name: infer Space extends string } }
          ? { labelSpace: Space; classes: [...Classes] }
          : [...Classes]
        : TaskOf<Factor>
    : never;

/** The tasks that a list of factors solves: literal for imported packages, any string for untyped ones. */
export type TasksOf<Factors extends readonly FactorSource[]> = Shown<{
  [Factor in Factors[number] as NameOf<Factor>]: ToldOf<Factor>;
}>;

/** `Tasks` and one more factor's task. */
export type AddTask<Tasks extends TaskClasses, Factor extends FactorSource> = Merged<
  Tasks,
  TasksOf<readonly [Factor]>
>;

/** `Tasks` less one. */
export type RemoveTask<Tasks, Task extends string> = Shown<{
  [Name in keyof Tasks as Name extends Task ? never : Name]: Tasks[Name];
}>;

/**
 * The label spaces that can be asked for: any, where a task is not known literally; where there are none, a sentence that
 * the compiler then shows.
 */
export type SpaceNames<Tasks extends TaskClasses> = string extends keyof Tasks
  ? string
  : [SpaceOf<Tasks[keyof Tasks]>] extends [never]
    ? 'no factor here is of a label space'
    : SpaceOf<Tasks[keyof Tasks]>;

type SpaceOf<Task> = Task extends ToldInSpace ? Task['labelSpace'] : never;

/** The classes that factors of one label space tell apart together. */
export type JointClass<Tasks extends TaskClasses, Space extends string> = string extends keyof Tasks
  ? string
  : Extract<Tasks[keyof Tasks], { readonly labelSpace: Space }> extends infer Task
    ? Task extends ToldInSpace
      ? Task['classes'][number]
      : never
    : never;

/** Both as one, names that are known literally before any string. */
type Merged<One, Other> = One & Other extends infer Both
  ? {
      [Name in keyof Both]: Name extends Literal<One>
        ? One[Name]
        : Name extends Literal<Other>
          ? Other[Name]
          : Both[Name];
    }
  : never;

type Literal<Tasks> = keyof { [Name in keyof Tasks as string extends Name ? never : Name]: Name };

/** Has the compiler show what a type comes to, in messages and on hover, in place of how it came about. */
type Shown<T> = T extends infer Known ? { [Name in keyof Known]: Known[Name] } : never;
