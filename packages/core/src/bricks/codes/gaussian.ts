import { InvalidOptionError } from '@factornet/spec';
import { clipByValue, type Tensor2D } from '@tensorflow/tfjs';
import type { Code } from './code';

export interface GaussianOptions {
  /** What an assembly uses: the mean, or a sample, which needs noise. Default `'mean'`. */
  readonly ships?: 'mean' | 'sample';
}

/** Log-variances are kept within these, so that no variance overflows. */
export const LOG_VARIANCES = [-10, 10] as const;

/**
 * One Gaussian per picture, `q(t|x) = N(mean, diag e^logVariance)`. A bottleneck bounds I(x; t) of its **samples** on the
 * pictures it was trained on; neither the mean, which is no sample, nor a mean without limits has a capacity.
 *
 * Source: Kingma, Welling, arXiv 1312.6114; Alemi et al., arXiv 1612.00410.
 *
 * @throws InvalidOptionError
 */
export function gaussian({ ships = 'mean' }: GaussianOptions = {}): Code {
  if (ships !== 'mean' && ships !== 'sample') {
    throw new InvalidOptionError({ option: 'ships', expected: "'mean' or 'sample'", received: ships });
  }
  return {
    type: 'gaussian',
    settings: { ships },
    gaussian: true,
    outputLengths: (length) => [length, length],
    shippedOutputs: ships === 'mean' ? 1 : 2,
    capacity: () => Number.POSITIVE_INFINITY,
    ship(outputs, noise) {
      const [mean, logVariance] = outputs as [Tensor2D, Tensor2D];
      if (ships === 'mean') return mean;
      const deviation = clipByValue(logVariance, ...LOG_VARIANCES)
        .div(2)
        .exp();
      return mean.add(deviation.mul(noise(mean.shape)));
    },
    ...(ships === 'mean' && { layers: [] }),
  };
}
