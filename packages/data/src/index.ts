export { type AugmentationOptions, augment } from './augmentation/augment';
export type { Augmentation } from './augmentation/augmentation';
export { type RandomFlipOptions, randomFlip } from './augmentation/random-flip';
export { type RandomShiftOptions, randomShift } from './augmentation/random-shift';
export {
  type ChannelStatistics,
  type ChannelStatisticsOptions,
  channelStatistics,
} from './batches/channel-statistics';
export { checkLabels } from './batches/check-labels';
export { ColumnStore } from './batches/column-store';
export { type EachBatchOptions, eachBatch, type PassBatch, type PassProgress } from './batches/each-batch';
export { imagesTensor } from './batches/images-tensor';
export type { Dataset, ExampleBatch, Labels, LabelValues } from './dataset';
export { labelledClassification } from './kinds/labelled-classification';
export type { LabelledTaskKind, LabelMatch } from './kinds/labelled-task-kind';
export { labelledTaskKinds } from './kinds/labelled-task-kinds';
export { noteAbsentClasses } from './labels/absent-classes';
export { labelFor } from './labels/label-for';
export { labelsAt, writeLabels } from './labels/label-values';
export { matchTasks } from './labels/match-tasks';
export { readLabels } from './labels/read-labels';
export { selectLabels } from './labels/select-labels';
export { withLabels } from './labels/with-labels';
export { cached } from './selection/cached';
export { type ClassSubsetsOptions, classSubsets } from './selection/class-subsets';
export { type LimitedOptions, limited } from './selection/limited';
export { splitDataset } from './selection/split-dataset';
export { subset, takeFirst } from './selection/subset';
export { type HueName, hueNames } from './shapes/hues';
export { type ShapeName, shapeNames } from './shapes/outlines';
export type { ShapeFactors } from './shapes/shape-factors';
export { type ShapesDataset, shapes } from './shapes/shapes';
export { type Range, type ShapesOptions, type SizeName, sizeNames } from './shapes/shapes-options';
