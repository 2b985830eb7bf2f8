import * as v from 'valibot';
import { InvalidOptionError } from '../errors/invalid-option-error';
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

/** Of any task: the schema of its kind. */
export function taskSchema(kinds: readonly TaskKind[]): v.GenericSchema<unknown, TaskDescription> {
  return v.lazy((task) => {
    const type = (task as Partial<TaskDescription> | null | undefined)?.type;
    const known = kinds.find((kind) => kind.type === type);
    return known?.schema ?? unknownKind(typesOf(kinds));
  });
}

const hint = 'Hand its kind over: { kinds: [...taskKinds, itsKind()] }.';

const typesOf = (kinds: readonly TaskKind[]) => kinds.map(({ type }) => type);

const unknownKind = (types: readonly string[]) =>
  v.object({
    name: v.string(),
    type: v.picklist(
      types,
      ({ received }) =>
        `Expected ${types.map((type) => `"${type}"`).join(' | ')} but received ${received}. ${hint}`,
    ),
  });
