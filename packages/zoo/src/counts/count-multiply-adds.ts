import { LayersModel, type Shape } from '@tensorflow/tfjs';

/** Layers that use every kernel weight once per output position. */
const KERNEL_LAYERS = new Set(['Conv1D', 'Conv2D', 'Conv3D', 'DepthwiseConv2D', 'SeparableConv2D', 'Dense']);

/**
 * Multiply–accumulate operations for one picture in the convolutions and fully connected layers of a model:
 * `Σ_layers |kernels| · |output positions|`, models within models included. Normalization, activation and
 * pooling are not counted.
 */
export function countMultiplyAdds(model: LayersModel): number {
  return model.layers.reduce((total, layer) => {
    if (layer instanceof LayersModel) return total + countMultiplyAdds(layer);
    if (!KERNEL_LAYERS.has(layer.getClassName())) return total;
    const positions = product((layer.outputShape as Shape).slice(1, -1));
    const kernels = layer.weights.filter(({ originalName }) => originalName.endsWith('kernel'));
    return total + kernels.reduce((sum, { shape }) => sum + product(shape) * positions, 0);
  }, 0);
}

function product(sizes: readonly (number | null)[]): number {
  return sizes.reduce<number>((size, axis) => size * (axis as number), 1);
}
