import { InvalidOptionError } from '@factornet/spec';
import { type Scalar, tidy } from '@tensorflow/tfjs';
import type { ObjectiveTerm } from './objective-term';
import { trainedValue } from './trained-value';

/**
 * A term whose gradient grows from 0 to its full size over the first part of training, linearly: networks find what they
 * need before a bottleneck presses on it. Its value stays as it is, so that epochs compare.
 *
 * @param options `share` of the run's steps, above 0 and up to 1. Default 0.2.
 * @throws InvalidOptionError for another share
 * @example
 * const objective = [supervision(), taskInformation(), warmedUp(bottleneck({ floor: 1 }), { share: 0.3 })];
 *
 * Source: Sønderby et al., arXiv 1602.02282.
 */
export function warmedUp(term: ObjectiveTerm, { share = 0.2 }: { share?: number } = {}): ObjectiveTerm {
  if (!(share > 0 && share <= 1)) {
    throw new InvalidOptionError({ option: 'share', expected: 'a number above 0, up to 1', received: share });
  }
  return {
    ...term,
    settings: { ...term.settings, warmUp: share },
    prepare(request) {
      const running = term.prepare(request);
      return {
        ...running,
        evaluate(pass) {
          const grown = Math.min(1, pass.progress / share);
          if (grown === 1) return running.evaluate(pass);
          return tidy(() => {
            const value = running.evaluate(pass);
            return trainedValue(value, value.mul(grown) as Scalar);
          });
        },
      };
    },
  };
}
