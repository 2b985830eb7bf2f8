import { trainableClassification } from './classification/trainable-classification';
import type { TrainableTaskKind } from './trainable-task-kind';

/** The kinds that training and evaluation know where no others are given. */
export const trainableTaskKinds: readonly TrainableTaskKind[] = [trainableClassification()];
