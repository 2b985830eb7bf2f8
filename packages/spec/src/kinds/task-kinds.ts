import * as v from 'valibot';
import { InvalidOptionError } from '../errors/invalid-option-error';
import { packageNameSegment } from '../manifest/primitives';
import type { TaskDescription } from '../manifest/task';
import { classification } from './classification/classification';
import type { TaskKind } from './task-kind';

/** Where the kinds of tasks are found. */
export interface KindOptions {
  /** Default `taskKinds`. */
  readonly kinds?: readonly TaskKind[] | undefined;
}

/** The kinds that are used where no others are given. */
export const taskKinds: readonly TaskKind[] = [classification()];

/**
 * The kind of a task.
 *
 * @throws InvalidOptionError naming the known ones, and how to hand one over
 */
export function kindOf<Kind extends TaskKind>(
  { name, type }: Pick<TaskDescription, 'name' | 'type'>,
  kinds: readonly Kind[],
): Kind {
  const found = kinds.find((kind) => kind.type === type);
  if (found !== undefined) return found;
  throw new InvalidOptionError(
    { option: 'kinds', expected: `one for the task "${name}", "${type}"`, received: typesOf(kinds) },
    { hint },
  );
}

/** Of any task: the schema of its kind, once it has a name that is fit for paths, and a kind that is known. */
export function taskSchema(kinds: readonly TaskKind[]): v.GenericSchema<unknown, TaskDescription> {
  const types = typesOf(kinds);
  const known = types.map((type) => `"${type}"`).join(' | ');
  const anyTask = v.object({
    name: packageNameSegment,
    type: v.picklist(types, ({ received }) => `Expected ${known} but received ${received}. ${hint}`),
  });
  return v.lazy((task) => (v.is(anyTask, task) ? kindOf(task, kinds).schema : anyTask));
}

const hint = 'Hand its kind over: { kinds: [...taskKinds, itsKind()] }.';

const typesOf = (kinds: readonly TaskKind[]) => kinds.map(({ type }) => type);
