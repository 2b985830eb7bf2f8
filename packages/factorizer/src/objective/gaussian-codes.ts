import { addN, type Scalar, scalar, type Tensor } from '@tensorflow/tfjs';
import type { CodeDistribution } from '../networks/code-distribution';
import type { FactorPass } from './objective-term';

/** Gaussian codes with a draw each. Codes of other kinds have no rate to press on: what bounds them is their capacity. */
export function gaussianCodes(
  factors: readonly FactorPass[],
): (CodeDistribution & Pick<FactorPass, 'task' | 'sample'>)[] {
  return factors.flatMap(({ task, sample, gaussian }) => (gaussian ? [{ task, sample, ...gaussian }] : []));
}

/** Of no scalars, 0. */
export function sumOf(values: readonly Tensor[]): Scalar {
  return (values.length === 0 ? scalar(0) : addN([...values])) as Scalar;
}
