import * as v from 'valibot';
import { LIMITS } from '../limits';
import type { Immutable } from './immutable';
import { boundedInteger, finiteNumber, nonNegativeNumber, numberOr, packageNameSegment } from './primitives';

/** What kind of code t is, as it ships. */
export const codeSchema = v.object({
  /** Names the plug-in: `gaussian`, `deterministic`, `categorical`; there may be others. */
  type: packageNameSegment,
  /** Length of t. */
  length: boundedInteger(LIMITS.axis),
  /**
   * The most that t can tell about anything, in nats: `ln K` of a choice among K. `infinite` where nothing about the code
   * bounds it, however little a measurement finds.
   */
  capacity: numberOr(nonNegativeNumber, v.literal('infinite')),
  /** What the plug-in wants to know. */
  settings: v.record(v.string(), numberOr(finiteNumber, v.string())),
});
export type CodeDescription = Immutable<v.InferOutput<typeof codeSchema>>;
