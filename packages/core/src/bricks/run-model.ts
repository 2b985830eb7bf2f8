import { type LayersModel, type Tensor, type Tensor2D, zeros } from '@tensorflow/tfjs';

/** The first output of a model in inference mode on one batch, in one piece; call it within `tf.tidy`. */
export function runModel(model: LayersModel, input: Tensor): Tensor2D {
  return runOutputs(model, [input], 1)[0] as Tensor2D;
}

/** The first `count` outputs of a model in inference mode on one batch, in one piece; call it within `tf.tidy`. */
export function runOutputs(model: LayersModel, inputs: readonly Tensor[], count: number): Tensor[] {
  const wanted = model.outputs.slice(0, count);
  if (inputs[0]?.shape[0] === 0) {
    // tfjs-layers fails on a batch of no examples.
    return wanted.map(({ shape }) => zeros([0, ...(shape.slice(1) as number[])]));
  }
  // `execute` computes these outputs alone, so no log-variance, and copies no batch; but it finds outputs by layer, so
  // that no layer may have several.
  if (model.layers.every(({ inboundNodes }) => inboundNodes.length === 1)) {
    return asList(
      model.execute(
        [...inputs],
        wanted.map(({ name }) => name),
      ),
    );
  }
  return asList(model.predictOnBatch([...inputs])).slice(0, count);
}

const asList = (outputs: Tensor | Tensor[]) => (Array.isArray(outputs) ? outputs : [outputs]);
