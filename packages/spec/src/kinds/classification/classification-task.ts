import * as v from 'valibot';
import type { Immutable } from '../../manifest/immutable';
import { nonEmptyString, packageNameSegment } from '../../manifest/primitives';
import { labelSpaceSchema } from './label-space';

export const classificationSchema = v.pipe(
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

/** Which one of these classes a picture shows. */
export type ClassificationTask = Immutable<v.InferOutput<typeof classificationSchema>>;
