import { InvalidOptionError } from '@factornet/spec';
import type { TermRequest } from './objective-term';
import { requireTaps } from './require-taps';

export interface TapSelection {
  /** The term's name. */
  readonly term: string;
  /** As read, for one picture. */
  readonly tapShapes: TermRequest['tapShapes'];
  /** Those that are asked for. Default: the last `maps` maps, and every vector if `vectors`. */
  readonly taps: readonly string[] | undefined;
  readonly maps: number;
  readonly vectors: boolean;
}

/** Whether a reading still has positions. */
export const isMap = (shape: readonly number[] | undefined): boolean => shape?.length === 3;

/**
 * The taps that a term reads, in the teacher's order.
 *
 * @throws InvalidOptionError if there is none, or one that is asked for is not among the teacher's
 */
export function selectTaps({ term, tapShapes, taps, maps, vectors }: TapSelection): string[] {
  requireTaps(tapShapes, term);
  const known = Object.keys(tapShapes);
  const unknown = taps?.find((tap) => !known.includes(tap));
  if (unknown !== undefined) {
    const expected = `among the teacher's, for the term "${term}": ${known.join(', ')}`;
    throw new InvalidOptionError({ option: 'taps', expected, received: unknown });
  }
  const last = known.filter((tap) => isMap(tapShapes[tap])).slice(-maps);
  return known.filter((tap) =>
    taps === undefined ? last.includes(tap) || (vectors && !isMap(tapShapes[tap])) : taps.includes(tap),
  );
}
