import type { Direction } from '@factornet/mi';
import { InvalidOptionError } from '@factornet/spec';

export interface DirectionRequest {
  readonly bound: { readonly name: string; readonly direction: Direction };
  readonly sense: 'maximise' | 'minimise';
  /** The term's name. */
  readonly term: string;
  readonly acceptNoBound: boolean;
}

/**
 * Maximising a lower bound, or minimising an upper one, moves the information itself; the other way round only the gap
 * to it need grow. An estimator that bounds neither side has to be asked for.
 *
 * @throws InvalidOptionError
 */
export function requireDirection({ bound, sense, term, acceptNoBound }: DirectionRequest): void {
  const wanted = sense === 'maximise' ? 'lower' : 'upper';
  if (bound.direction === wanted) return;
  if (bound.direction === 'neither' && acceptNoBound) return;
  const known = { lower: 'a lower bound', upper: 'an upper bound', neither: 'which bounds neither side' };
  throw new InvalidOptionError(
    {
      option: 'bound',
      expected: `${known[wanted]}, since the term "${term}" is ${sense}d`,
      received: `${bound.name}, ${known[bound.direction]}`,
    },
    {
      hint:
        bound.direction === 'neither'
          ? 'Set acceptNoBound to train on it all the same.'
          : 'Pressed the wrong way, a bound moves away from the information.',
    },
  );
}
