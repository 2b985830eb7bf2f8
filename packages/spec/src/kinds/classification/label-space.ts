import * as v from 'valibot';
import type { Immutable } from '../../manifest/immutable';
import { nonEmptyString, nonNegativeInteger } from '../../manifest/primitives';

/**
 * Where a task's classes sit in a larger label space: the task "vehicles" of CIFAR-10 holds the classes
 * 0, 1, 8 and 9 of ten. `indices[i]` is the position of the task's class `i` in `classes`.
 */
export const labelSpaceSchema = v.object({
  name: v.pipe(
    nonEmptyString,
    v.maxLength(214),
    v.check((name) => !/\p{C}/u.test(name), 'must not have control characters'),
  ),
  classes: v.pipe(v.array(nonEmptyString), v.minLength(2)),
  indices: v.pipe(v.array(nonNegativeInteger), v.minLength(2)),
});
export type LabelSpace = Immutable<v.InferOutput<typeof labelSpaceSchema>>;
