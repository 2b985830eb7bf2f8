import type { PlaceOptions } from '@factornet/registry';
import type { Work } from '../context';

/** How a command finds the packages that it was given: what it fetches, it says. */
export function placeOptions(
  { from, registry }: { readonly from?: string; readonly registry?: string },
  { io, log, kinds }: Pick<Work, 'io' | 'log' | 'kinds'>,
): PlaceOptions {
  return {
    from,
    kinds,
    ...(registry !== undefined && { registry }),
    ...(io.signal !== undefined && { signal: io.signal }),
    onFetch: (text, where) => log(`Fetching ${text} from ${where}`),
  };
}
