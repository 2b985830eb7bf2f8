import { bypassLayer, type GraphLayer, type ModelGraph } from './model-graph';

/** What acts in training alone. */
const trainingOnly = ['Dropout', 'SpatialDropout2D', 'GaussianNoise'];

/** Takes out the layers that do nothing when a network infers: dropout, noise, linear activations. */
export function removeNoOps(graph: ModelGraph): ModelGraph {
  return [...graph.layers.values()].filter(isNoOp).reduce((result, { name }) => {
    return bypassLayer(result, result.layers.get(name) as GraphLayer);
  }, graph);
}

function isNoOp({ className, config }: GraphLayer): boolean {
  return trainingOnly.includes(className) || (className === 'Activation' && config.activation === 'linear');
}
