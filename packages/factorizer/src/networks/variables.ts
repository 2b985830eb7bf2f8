import type { LayersModel, Tensor, Variable } from '@tensorflow/tfjs';

/** A model's trainable variables, in a fixed order. */
export function trainableVariables(model: LayersModel): Variable[] {
  return model.trainableWeights.map((weight) => weight.read() as Variable);
}

/** A model's BatchNorm statistics, in a fixed order. */
export function statisticVariables(model: LayersModel): Variable[] {
  return model.nonTrainableWeights.map((weight) => weight.read() as Variable);
}

/**
 * Gives a layer these weights, as they are. `setWeights` would apply the layer's constraints, which training does not, and
 * stored models are without.
 */
export function assignWeights(layer: LayersModel['layers'][number], weights: readonly Tensor[]): void {
  layer.weights.forEach((weight, index) => {
    (weight.read() as Variable).assign(weights[index] as Tensor);
  });
}
