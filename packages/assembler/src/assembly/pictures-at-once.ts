import { type LayersModel, util } from '@tensorflow/tfjs';

/** Pictures for which the outputs of all layers of a network take 512 MB: more than live at once. */
export function picturesAtOnce(models: readonly LayersModel[]): number {
  const sizes = models.map(({ layers }) =>
    layers.reduce((sum, { outputShape }) => sum + util.sizeFromShape(outputShape.slice(1) as number[]), 0),
  );
  return Math.ceil(2 ** 27 / Math.max(...sizes));
}
