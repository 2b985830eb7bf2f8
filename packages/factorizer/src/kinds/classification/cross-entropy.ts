import { logSoftmax, type Scalar, softmax, type Tensor, tidy } from '@tensorflow/tfjs';
import type { TaskAnswers, TaughtAnswers } from '../trainable-task-kind';

/** `−(1/n) Σ_i Σ_k targets[i,k] · log softmax(logits)[i,k]`, n the number of rows whose targets are not all zero. */
export function crossEntropy({ outputs: logits, targets }: TaskAnswers): Scalar {
  return tidy(() => {
    const labelled = targets.sum().maximum(1e-6);
    return targets.mul(logSoftmax(logits)).sum().neg().div(labelled) as Scalar;
  });
}

/**
 * `S² · KL(softmax(teacher / T) ‖ softmax(logits / S))`, over examples with a label. S is T unless it is given: at 1 the
 * gradient is that of the cross-entropy to the teacher's softened answer.
 *
 * Source: Hinton, Vinyals, Dean, arXiv 1503.02531.
 */
export function softenedDivergence({
  outputs: logits,
  teacherOutputs,
  targets,
  temperature,
  outputTemperature = temperature,
}: TaughtAnswers): Scalar {
  return tidy(() => {
    const expected = softmax(teacherOutputs.div(temperature));
    const difference = logSoftmax(teacherOutputs.div(temperature)).sub(
      logSoftmax(logits.div(outputTemperature)),
    );
    const mask = targets.sum(1);
    const divergence = expected.mul(difference).sum(1).mul(mask).sum().div(mask.sum().maximum(1e-6));
    return divergence.mul(outputTemperature ** 2) as Scalar;
  });
}

/** Targets of which a share is spread evenly over all classes; rows of zeros stay. */
export function smoothTargets(targets: Tensor, share: number): Tensor {
  const uniform = targets.sum(1, true).div(targets.shape[1] as number);
  return targets.mul(1 - share).add(uniform.mul(share));
}
