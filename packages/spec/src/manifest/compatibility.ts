import * as v from 'valibot';
import type { Immutable } from './immutable';
import { integritySchema, nonNegativeNumber, positiveNumber, versionSchema } from './primitives';

/**
 * Which other feature spaces a common-knowledge network stands in for. Measured semver keeps it: the same
 * representation is a patch, features within `tolerance` are a minor release, anything else is a major one.
 */
export const compatibilitySchema = v.pipe(
  v.object({
    /** Relative drift of the features, `‖z′ − z‖₂ / ‖z‖₂`, up to which factors go on working. */
    tolerance: v.pipe(positiveNumber, v.maxValue(1)),
    /**
     * Feature spaces that factors may have been trained with, and how far this network's features are from them:
     * its own before weights were narrowed, and those of earlier releases of the same major.
     */
    representations: v.array(
      v.object({
        representation: integritySchema,
        /** The release that had it; absent for weights that were never published. */
        version: v.optional(versionSchema),
        /** Upper bound on the relative drift: measured on golden probes against the release before, added up from there. */
        drift: nonNegativeNumber,
      }),
    ),
  }),
  v.check(
    ({ tolerance, representations }) => representations.every(({ drift }) => drift <= tolerance),
    'a representation that drifted beyond the tolerance is not compatible',
  ),
);
export type Compatibility = Immutable<v.InferOutput<typeof compatibilitySchema>>;
