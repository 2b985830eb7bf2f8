import { type LayersModel, type Tensor, type Tensor2D, zeros } from '@tensorflow/tfjs';

/** The first output of a model in inference mode on one batch, in one piece; call it within `tf.tidy`. */
export function runModel(model: LayersModel, input: Tensor): Tensor2D {
  const output = model.outputs[0] as (typeof model.outputs)[number];
  if (input.shape[0] === 0) {
    // tfjs-layers fails on a batch of no examples.
    return zeros([0, output.shape[1] as number]);
  }
  // `execute` computes that output alone, so no log-variance, and copies no batch; but it finds outputs by layer, so
  // that no layer may have several.
  if (model.layers.every(({ inboundNodes }) => inboundNodes.length === 1)) {
    return model.execute(input, output.name) as Tensor2D;
  }
  const outputs = model.predictOnBatch(input);
  return (Array.isArray(outputs) ? outputs[0] : outputs) as Tensor2D;
}
