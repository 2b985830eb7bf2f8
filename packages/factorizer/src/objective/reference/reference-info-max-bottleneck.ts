import type { ObjectiveTerm } from '../objective-term';
import { supervision } from '../supervision';
import { taskInformation } from '../task-information';
import { transfer } from '../transfer';
import { referenceBottleneck } from './reference-bottleneck';
import { referenceCommonInformation } from './reference-common-information';

export interface ReferenceInfoMaxBottleneckOptions {
  /** λ_feat, the weight of the InfoMax loss. Default 1. */
  alpha?: number;
  /** Weight of the bottleneck loss. Default 1e-3. */
  beta?: number;
  /** λ_kd, the weight of the teacher's softened output. Default 0.1. */
  transferWeight?: number;
  /** T of the same: 10 for CIFAR-10, 2 for ImageNet. Default 10. */
  temperature?: number;
  /** Of the labels of `head(z + t)`. Default 0.1. */
  labelSmoothing?: number;
}

/**
 * The objective **of the authors' published code** with its weights for CIFAR-10, for comparison with
 * `infoMaxBottleneck()`. Its InfoMax and bottleneck bound no information: see `referenceCommonInformation()` and
 * `referenceBottleneck()`, where everything that is known about them is told.
 *
 * Two things are not theirs. Their t is deterministic; here the heads go on seeing a draw from q(t|x), as every factor
 * is built. And the classifier on t alone is trained on labels that are not smoothed.
 *
 * Source: Yang, Ye, Wang, arXiv 2207.03337, published code and configurations.
 */
export function referenceInfoMaxBottleneck({
  alpha = 1,
  beta = 1e-3,
  transferWeight = 0.1,
  temperature = 10,
  labelSmoothing = 0.1,
}: ReferenceInfoMaxBottleneckOptions = {}): ObjectiveTerm[] {
  return [
    supervision({ labelSmoothing }),
    transfer({ weight: transferWeight, temperature }),
    referenceCommonInformation({ weight: alpha }),
    taskInformation(),
    referenceBottleneck({ weight: beta }),
  ];
}
