import { labelledClassification } from '@factornet/data';
import { accuracy, argmaxRows, measureCalibration, softmaxOf } from '@factornet/metrics';
import { barberAgakov, labelEntropy } from '@factornet/mi';
import type { ClassificationPrediction, ClassificationTask } from '@factornet/spec';
import { classificationHead } from '@factornet/zoo';
import { softmax } from '@tensorflow/tfjs';
import { trainableCategorical } from '../../codes/trainable-categorical';
import type { TrainableTaskKind } from '../trainable-task-kind';
import { crossEntropy, smoothTargets, softenedDivergence } from './cross-entropy';
import { oneHotTargets } from './one-hot-targets';
import { taughtClasses } from './taught-classes';
import { taughtTemperature } from './taught-temperature';

/**
 * Classification, learnt by cross-entropy of logits `[batch, classes]`. Targets are distributions over classes,
 * `[batch, classes]`; rows of zeros have no label.
 */
export function trainableClassification(): TrainableTaskKind<ClassificationTask, ClassificationPrediction> {
  return {
    ...labelledClassification(),
    code: () => trainableCategorical(),
    createHead: ({ classes }, request) => classificationHead({ ...request, classes: classes.length }),
    targets: ({ classes }, labels) => oneHotTargets(labels, classes.length),
    softTargets: (_, logits) => softmax(logits),
    smooth: smoothTargets,
    loss: crossEntropy,
    transferLoss: softenedDivergence,
    bound: barberAgakov(),
    labelEntropy: ({ classes }, labels) =>
      labels === undefined ? Math.log(classes.length) : labelEntropy(labels, classes.length),
    taughtBy: taughtClasses,
    measure: (_, logits, labels) => accuracy(argmaxRows(logits), labels),
    measureCalibration: (_, logits, labels, options) =>
      measureCalibration(softmaxOf(logits), labels, options),
    fitTemperature: (_, answers) => taughtTemperature(answers),
    probed: (task) => task,
  };
}
