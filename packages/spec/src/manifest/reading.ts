import * as v from 'valibot';
import type { Immutable } from './immutable';
import { nonEmptyString, packageNameSegment, pictureShape } from './primitives';

/** What a factor reads that reads pictures; no map may be called so. */
export const PICTURE = 'picture';

const distinct = (names: readonly string[]) => new Set(names).size === names.length;

/** A map of a common-knowledge network, `[height, width, channels]`, that its factors may read. */
export const mapSchema = v.object({
  name: v.pipe(
    packageNameSegment,
    v.check((name) => name !== PICTURE, 'no map is a picture'),
  ),
  shape: pictureShape,
});
export const mapsSchema = v.pipe(
  v.array(mapSchema),
  v.check((maps) => distinct(maps.map(({ name }) => name)), 'maps need names of their own'),
);
export type CommonMap = Immutable<v.InferOutput<typeof mapSchema>>;

/** What makes features of something that a factor reads, and which architecture does, for readers. */
export const readingSchema = v.object({
  /** `picture`, or the name of a map of the common-knowledge network. */
  from: packageNameSegment,
  /** Of one picture, `[height, width, channels]`. */
  shape: pictureShape,
  backbone: v.object({ name: nonEmptyString, options: v.record(v.string(), v.unknown()) }),
});
/** What a factor reads, in the order of the inputs of its task-specific network. */
export const readsSchema = v.pipe(
  v.array(readingSchema),
  v.minLength(1, 'a factor has to read something'),
  v.check((reads) => distinct(reads.map(({ from }) => from)), 'each is read once'),
);
export type FactorReading = Immutable<v.InferOutput<typeof readingSchema>>;
