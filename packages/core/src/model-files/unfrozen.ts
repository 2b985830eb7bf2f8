import { DisposedError } from '@factornet/spec';
import type { LayersModel, Tensor } from '@tensorflow/tfjs';

type Layer = LayersModel['layers'][number];

/**
 * Runs `look` on a model as if nothing of it were frozen, and freezes again what was. TensorFlow.js lists frozen weights
 * last, so that their order, and the topology, depend on what happens to be frozen.
 *
 * @param look synchronous: nobody else sees the model meanwhile
 */
export function unfrozen<Seen>(model: LayersModel, look: () => Seen): Seen {
  const layers = [model as Layer, ...layersWithin(model)];
  const frozenLayers = layers.filter(({ trainable }) => !trainable);
  const weights = model.weights.map((weight) => ({ weight, trainable: weight.trainable }));
  try {
    for (const layer of layers) layer.trainable = true;
    return look();
  } finally {
    for (const layer of frozenLayers) layer.trainable = false;
    // Last: a layer sets all of its weights.
    for (const { weight, trainable } of weights) weight.trainable = trainable;
  }
}

/** Those of models within the model, too. */
function layersWithin(model: LayersModel): Layer[] {
  return model.layers.flatMap((layer) => [
    layer,
    ...('layers' in layer ? layersWithin(layer as LayersModel) : []),
  ]);
}

/** A model's weights under the names that it has in files. @throws DisposedError */
export function namedWeights(model: LayersModel): { name: string; tensor: Tensor }[] {
  return model.weights.map((weight) => {
    try {
      return { name: weight.originalName, tensor: weight.read() };
    } catch (cause) {
      throw new DisposedError({ what: `model "${model.name}"` }, { cause });
    }
  });
}
