import * as v from 'valibot';
import type { Immutable } from './immutable';
import { nonEmptyString, nonNegativeNumber, positiveInteger, share } from './primitives';

/**
 * What storing weights in fewer bits cost, against the float32 network it was made from. Absent for float32.
 */
export const narrowingSchema = v.object({
  dtype: v.picklist(['float16', 'uint8']),
  /** Largest over the golden probes: `‖z′ − z‖₂ / ‖z‖₂` of the features, or of the logits for a factor. */
  drift: nonNegativeNumber,
  /** Share of the golden probes whose likeliest class stayed the same; factors only. */
  agreement: v.optional(share),
  /** Of the factor network on labelled pictures, before and after; with CKN and factor both narrowed. */
  accuracy: v.optional(
    v.object({ before: share, after: share, examples: positiveInteger, data: nonEmptyString }),
  ),
});
export type Narrowing = Immutable<v.InferOutput<typeof narrowingSchema>>;

/** How weights are stored: as trained, or in fewer bits. */
export type WeightDtype = 'float32' | Narrowing['dtype'];
