import { InvalidOptionError } from '@factornet/spec';
import { estimateFromSamples } from './estimate-from-samples';
import type { EstimateOptions, Samples } from './estimate-options';
import type { Estimate } from './estimate-result';
import { estimateWithCritic } from './estimate-with-critic';
import { isConstant, readSamples } from './samples';
import { findWarnings } from './warnings';

const TRANSFORMS: readonly unknown[] = [undefined, 'rank-normal', 'standardise', 'none'];

/**
 * Estimates the mutual information `I(x; y)` of samples in nats, with all that there is to say against the number.
 *
 * With an estimator on scores or log-likelihoods, a critic is trained on 60 % of the rows by the estimator's surrogate
 * (upper bounds: by likelihood), the weights that do best on another 15 % are kept, and the value is the mean over
 * batches of the remaining 25 %, which nothing has looked at before. With an estimator on samples, it is that of all
 * rows. x and y are one row per sample; for an estimator on labelled samples y is one column of class indices.
 *
 * Computes on TensorFlow.js's current backend, for which `useBackend('wasm')` of core is a good choice in Node. Gives the
 * same numbers each time on one backend; lets the event loop run.
 *
 * @throws ShapeMismatchError for x and y of different lengths
 * @throws InvalidOptionError for numbers that are not finite, too few rows, or options that make no sense
 * @throws NonFiniteLossError if training produces a number that is not finite
 * @throws CancelledError on `signal`
 *
 * @example
 * const { value, standardError, warnings } = await estimate({ x, y }, { estimator: infoNCE() });
 *
 * @example
 * await estimate({ x, y }, { estimator: smile(), critic: jointCritic(), steps: 4000 });
 */
export async function estimate(
  samples: { readonly x: Samples; readonly y: Samples },
  options: EstimateOptions,
): Promise<Estimate> {
  const { estimator, transform } = options;
  if (!TRANSFORMS.includes(transform)) {
    throw new InvalidOptionError({
      option: 'transform',
      expected: "'rank-normal', 'standardise' or 'none'",
      received: transform,
    });
  }
  const pairs = readSamples(samples);
  if (isConstant(pairs.x) || isConstant(pairs.y)) {
    const nothing = { estimator, value: 0, standardError: 0, rows: pairs.x.rows, isConstant: true };
    return {
      estimator: estimator.name,
      direction: estimator.direction,
      value: 0,
      standardError: 0,
      unit: 'nats',
      curve: [],
      warnings: findWarnings(nothing),
      samples: { training: 0, validation: 0, test: pairs.x.rows },
    };
  }
  switch (estimator.requires) {
    case 'scores':
    case 'log-likelihoods':
      return estimateWithCritic(pairs, estimator, options);
    case 'samples':
    case 'labelled-samples':
      return estimateFromSamples(pairs, estimator, options);
    default:
      throw new InvalidOptionError(
        {
          option: 'estimator',
          expected: 'one on scores, log-likelihoods or samples',
          received: (estimator as { requires?: unknown }).requires,
        },
        {
          hint: 'Estimators on moments or logits need a network of your own; call their value() with its output.',
        },
      );
  }
}
