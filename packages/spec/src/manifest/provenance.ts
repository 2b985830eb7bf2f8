import * as v from 'valibot';
import { integritySchema } from './primitives';

/** Where a network came from. Free of machine names, paths and times, so that equal runs give equal bytes. */
export const provenanceSchema = v.object({
  /** Absent when a factor was trained from labels alone. */
  teacher: v.optional(v.object({ name: v.string(), digest: integritySchema })),
  data: v.string(),
  objective: v.array(v.object({ term: v.string(), weight: v.number() })),
  seed: v.number(),
  backend: v.string(),
});
export type Provenance = v.InferOutput<typeof provenanceSchema>;
