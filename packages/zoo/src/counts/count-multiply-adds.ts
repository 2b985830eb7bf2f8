import { LayersModel, type Shape } from '@tensorflow/tfjs';

/** Layers that use every kernel weight once per output position. */
const KERNEL_LAYERS = new Set(['Conv1D', 'Conv2D', 'Conv3D', 'DepthwiseConv2D', 'Dense']);

/**
 * Multiply–accumulate operations for one picture in the convolutions and fully connected layers of a model:
 * `Σ_layers |kernel| · |output positions|`. Normalization, activation and pooling are not counted.
 */
export function countMultiplyAdds(model: LayersModel): number {
  return model.layers.reduce((total, layer) => {
    if (layer instanceof LayersModel) return total + countMultiplyAdds(layer);
    if (!KERNEL_LAYERS.has(layer.getClassName())) return total;
    const kernel = layer.weights[0]?.shape ?? [];
    return total + product(kernel) * product((layer.outputShape as Shape).slice(1, -1));
  }, 0);
}

function product(sizes: readonly (number | null)[]): number {
  return sizes.reduce<number>((size, axis) => size * (axis as number), 1);
}
