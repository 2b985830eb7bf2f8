import { type LayersModel, type Tensor, zeros } from '@tensorflow/tfjs';

/** Runs a model in inference mode on one batch, in one piece; call it within `tf.tidy`. */
export function runModel(model: LayersModel, input: Tensor): Tensor[] {
  if (input.shape[0] === 0) {
    // tfjs-layers fails on a batch of no examples.
    return model.outputs.map(({ shape }) => zeros([0, ...(shape.slice(1) as number[])]));
  }
  const outputs = model.predictOnBatch(input);
  return Array.isArray(outputs) ? outputs : [outputs];
}
