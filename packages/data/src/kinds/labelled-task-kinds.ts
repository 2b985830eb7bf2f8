import { labelledClassification } from './labelled-classification';
import type { LabelledTaskKind } from './labelled-task-kind';

/** The kinds whose labels are known where no others are given. */
export const labelledTaskKinds: readonly LabelledTaskKind[] = [labelledClassification()];
