import type { LayersModel, Variable } from '@tensorflow/tfjs';

/** A model's trainable variables, in a fixed order. */
export function trainableVariables(model: LayersModel): Variable[] {
  return model.trainableWeights.map((weight) => weight.read() as Variable);
}

/** A model's BatchNorm statistics, in a fixed order. */
export function statisticVariables(model: LayersModel): Variable[] {
  return model.nonTrainableWeights.map((weight) => weight.read() as Variable);
}
