import { fitTemperature, softmaxOf } from '@factornet/metrics';
import { MISSING_LABEL } from '@factornet/spec';
import type { ComparedAnswers } from '../trainable-task-kind';

/** The temperature at which logits make the teacher's probabilities likeliest; 1 where no example has a label. */
export function taughtTemperature({ outputs, teacherOutputs, labels }: ComparedAnswers): number {
  const targets = softmaxOf(teacherOutputs);
  labels?.forEach((label, row) => {
    if (label === MISSING_LABEL) targets.data.fill(0, row * targets.columns, (row + 1) * targets.columns);
  });
  return targets.data.some((share) => share > 0) ? fitTemperature(outputs, targets) : 1;
}
