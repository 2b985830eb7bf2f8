import * as v from 'valibot';
import type { Immutable } from './immutable';
import { finiteNumber, integritySchema, nonEmptyString } from './primitives';

/** Where a network came from. Free of machine names, paths and times, so that equal runs give equal bytes. */
export const provenanceSchema = v.object({
  /** Absent when a factor was trained from labels alone. */
  teacher: v.optional(v.object({ name: nonEmptyString, digest: integritySchema })),
  data: nonEmptyString,
  objective: v.array(v.object({ term: nonEmptyString, weight: finiteNumber })),
  seed: finiteNumber,
  backend: nonEmptyString,
});
export type Provenance = Immutable<v.InferOutput<typeof provenanceSchema>>;
