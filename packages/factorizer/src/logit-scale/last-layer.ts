import { type LayersModel, model, type SymbolicTensor, tensor1d, tensor2d, tidy } from '@tensorflow/tfjs';
import { assignWeights } from '../networks/variables';
import type { FittedLogitScale } from './fit-logit-scale';

/**
 * The part of a head before its last layer, to `[batch, units]`; the identity, if the last layer is all there is. It
 * shares its layers with the head, which stays their owner.
 */
export function beforeLastLayer(head: LayersModel): LayersModel {
  return model({ inputs: head.inputs, outputs: lastLayer(head).input as SymbolicTensor });
}

/** Whether the last layer is Dense, linear and with a bias, so that a linear function of its input folds into it. */
export function endsLinearly(head: LayersModel): boolean {
  const layer = lastLayer(head);
  const { activation, useBias } = layer.getConfig();
  return layer.getClassName() === 'Dense' && activation === 'linear' && useBias === true;
}

/**
 * Gives the logits of every picture the mean that was fitted: from each row of the last kernel and from the bias goes
 * their mean over classes, and the fitted function comes to all classes alike. Differences between classes, and so the
 * head's answers, stay what they were.
 */
export async function setLogitMean(
  head: LayersModel,
  { mean }: Pick<FittedLogitScale, 'mean'>,
): Promise<void> {
  const layer = lastLayer(head);
  const [kernel, bias] = await Promise.all(layer.getWeights().map((weight) => weight.data<'float32'>()));
  if (kernel === undefined || bias === undefined) return;
  const classes = bias.length;
  const shifted = Float32Array.from(kernel);
  for (let unit = 0; unit * classes < kernel.length; unit++) {
    shift(shifted.subarray(unit * classes, (unit + 1) * classes), mean.coefficients[unit] as number);
  }
  const shiftedBias = Float32Array.from(bias);
  shift(shiftedBias, mean.intercept);
  tidy(() =>
    assignWeights(layer, [tensor2d(shifted, [kernel.length / classes, classes]), tensor1d(shiftedBias)]),
  );
}

/** Multiplies the logits of every picture, by way of the last kernel and the bias. */
export async function multiplyLogits(head: LayersModel, factor: number): Promise<void> {
  const layer = lastLayer(head);
  tidy(() =>
    assignWeights(
      layer,
      layer.getWeights().map((weight) => weight.mul(factor)),
    ),
  );
}

/** Moves values so that this is their mean. */
function shift(values: Float32Array, mean: number): void {
  const difference = mean - values.reduce((sum, value) => sum + value, 0) / values.length;
  for (let index = 0; index < values.length; index++) values[index] = (values[index] as number) + difference;
}

function lastLayer(head: LayersModel) {
  return (head.outputs[0] as SymbolicTensor).sourceLayer;
}
