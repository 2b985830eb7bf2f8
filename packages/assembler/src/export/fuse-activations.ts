import { isLinear } from './linear-layer';
import {
  bypassLayer,
  countReaders,
  type GraphLayer,
  layerOf,
  type ModelGraph,
  replaceLayers,
} from './model-graph';

/** Activations that TensorFlow.js has a kernel for together with Conv2D and Dense. */
const fused = ['relu', 'elu'];

/**
 * Moves ReLU and ELU into the convolution or Dense before, if nothing else reads from that: one kernel then convolves,
 * adds the bias and activates. ReLU6 stays: as the activation of a layer it would take TensorFlow.js's slower path.
 */
export function fuseActivations(graph: ModelGraph): ModelGraph {
  return [...graph.layers.values()].reduce((result, { name }) => {
    const layer = layerOf(result, name);
    const activation = activationOf(layer);
    const before = result.layers.get(layer.from[0] ?? '');
    if (activation === undefined || before === undefined || !fused.includes(activation)) return result;
    if (!isLinear(before) || countReaders(result).get(before.name) !== 1) return result;
    return bypassLayer(replaceLayers(result, { ...before, config: { ...before.config, activation } }), layer);
  }, graph);
}

function activationOf({ className, config }: GraphLayer): string | undefined {
  if (className === 'Activation') return config.activation as string;
  if (className === 'ReLU') return config.max_value == null ? 'relu' : undefined;
  if (className === 'ELU') return (config.alpha ?? 1) === 1 ? 'elu' : undefined;
  return undefined;
}
