import { type GaussianOptions, gaussian } from '@factornet/core';
import { gaussianOutputs } from '@factornet/zoo';
import { codeDistribution, sampleCode } from '../networks/code-distribution';
import type { TrainableCode } from './trainable-code';

/** {@link gaussian} that is trained by samples, of which a bottleneck bounds I(x; t): the paper's, made a bound. */
export const trainableGaussian = (options: GaussianOptions = {}): TrainableCode => ({
  ...gaussian(options),
  answers: false,
  lengthFor: ({ liked }) => liked,
  outputs: gaussianOutputs,
  encode(outputs, noise) {
    const distribution = codeDistribution(outputs);
    return { sample: sampleCode(distribution, noise), gaussian: distribution };
  },
});
