export type { Dataset, ExampleBatch } from './dataset';
export { splitDataset } from './selection/split-dataset';
export { subset, takeFirst } from './selection/subset';
export { type HueName, hueNames } from './shapes/hues';
export { type ShapeName, shapeNames } from './shapes/outlines';
export type { ShapeFactors } from './shapes/shape-factors';
export { type ShapesDataset, shapes } from './shapes/shapes';
export { type Range, type ShapesOptions, type SizeName, sizeNames } from './shapes/shapes-options';
