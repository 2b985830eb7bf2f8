import * as v from 'valibot';
import { LIMITS } from '../limits';
import type { Immutable } from './immutable';
import { boundedInteger, nonEmptyString, nonNegativeInteger, packageNameSegment } from './primitives';

/** Marks an example that has no label for a task, e.g. a cat for the task "vehicles". */
export const MISSING_LABEL = -1;

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

export const taskSchema = v.pipe(
  v.object({
    name: packageNameSegment,
    type: v.literal('classification'),
    classes: v.pipe(v.array(nonEmptyString), v.minLength(2)),
    labelSpace: v.optional(labelSpaceSchema),
  }),
  v.check(({ classes }) => new Set(classes).size === classes.length, 'class names must differ'),
  v.check(
    ({ classes, labelSpace }) =>
      labelSpace === undefined ||
      (labelSpace.indices.length === classes.length &&
        labelSpace.indices.every((index, position) => labelSpace.classes[index] === classes[position])),
    'labelSpace.indices must name this task’s classes, in order',
  ),
);

/** One thing a network can tell about a picture: a name and its classes. */
export type TaskDescription = Immutable<v.InferOutput<typeof taskSchema>>;

/** Feature vectors `[features]` only, for now. */
export const featureShapeSchema = v.strictTuple([boundedInteger(LIMITS.axis)]);
