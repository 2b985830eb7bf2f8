import type { LayersModel } from '@tensorflow/tfjs';
import type { ModelSpec, WeightSpec } from './protocol';

type Weights = LayersModel['weights'];

/** A model as one worker rebuilds it. @throws Error for a weight that is not float32 */
export function descriptionOfModel(model: LayersModel, worker: number): ModelSpec {
  // TensorFlow.js types it `any`: standard Layers JSON in Python's spelling.
  const topology = model.toJSON(null, false) as unknown as TopologyNode;
  reseed(topology, worker);
  return {
    name: model.name,
    topology,
    trainable: descriptionOfWeights(model.name, model.trainableWeights),
    fixed: descriptionOfWeights(model.name, model.nonTrainableWeights),
  };
}

function descriptionOfWeights(model: string, weights: Weights): WeightSpec[] {
  return weights.map(({ originalName, shape, dtype }) => {
    if (dtype !== 'float32') {
      throw new Error(
        `Replicas exchange float32 weights, but '${originalName}' of the model '${model}' is ${dtype}. ` +
          'Train this model in one thread.',
      );
    }
    return { name: originalName, shape: shape as number[] };
  });
}

/** Refuses a rebuilt model whose weights are not those of the original, in the same order. */
export function checkWeights(rebuilt: LayersModel, spec: ModelSpec): void {
  const found = JSON.stringify([
    descriptionOfWeights(spec.name, rebuilt.trainableWeights).map(({ shape }) => shape),
    descriptionOfWeights(spec.name, rebuilt.nonTrainableWeights).map(({ shape }) => shape),
  ]);
  const expected = JSON.stringify([
    spec.trainable.map(({ shape }) => shape),
    spec.fixed.map(({ shape }) => shape),
  ]);
  if (found === expected) return;
  throw new Error(
    `expected the model '${spec.name}', rebuilt from its JSON, to have weights of the shapes ${expected} ` +
      `(trainable, other), but it has ${found}; check that its layers' getConfig() tells all they were made with`,
  );
}

interface TopologyNode {
  config?: { seed?: unknown; layer?: TopologyNode; layers?: TopologyNode[] };
}

/** Apart enough for no two layers' seeds to meet in practice. */
const SEED_STRIDE = 15_485_863;

/**
 * Gives each replica's random layers a stream of their own: a seeded dropout draws other masks in worker 1 than
 * in worker 0, which keeps the layer's own seed, so that one worker draws what the main thread would.
 */
function reseed({ config }: TopologyNode, worker: number): void {
  if (typeof config?.seed === 'number') config.seed += worker * SEED_STRIDE;
  for (const layer of config?.layers ?? []) reseed(layer, worker);
  if (config?.layer) reseed(config.layer, worker);
}
