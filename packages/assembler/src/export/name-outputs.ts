import { layerNames } from './layer-names';
import { type ModelGraph, renameLayers } from './model-graph';
import { plainLayer } from './new-layers';

/**
 * Names of a model's outputs: the tasks', and after them that of a label space, with a number behind it if a task has the
 * same. TensorFlow.js takes letters, digits and `._-/` alone, a letter or digit first; all else becomes a hyphen.
 */
export function outputNames(tasks: readonly string[], labelSpace: string | undefined): string[] {
  const names = layerNames([]);
  return [...tasks, ...(labelSpace === undefined ? [] : [labelSpace])].map((wanted) => {
    const allowed = wanted.replace(/[^\w./-]/g, '-');
    return names.take(/^[A-Za-z0-9]/.test(allowed) ? allowed : `output${allowed}`);
  });
}

/** The names that layers may not have, if outputs have theirs. */
export function reservedNames(outputs: readonly string[]): string[] {
  return outputs.flatMap((output) => [output, logitsName(output)]);
}

/** Gives the outputs their names; with `probabilities`, each becomes the softmax of its logits. */
export function nameOutputs(graph: ModelGraph, names: readonly string[], probabilities: boolean): ModelGraph {
  const nameOf = new Map(graph.outputs.map((output, index) => [output, names[index] as string]));
  const logits = (name: string) => (probabilities ? logitsName(name) : name);
  const named = renameLayers(graph, (layer) => {
    const name = nameOf.get(layer);
    return name === undefined ? layer : logits(name);
  });
  if (!probabilities) return named;
  const layers = new Map(named.layers);
  for (const name of names) layers.set(name, plainLayer(softmax, name, [logitsName(name)]));
  return { ...named, layers, outputs: names };
}

const softmax = { className: 'Softmax', config: { axis: -1 } };

/** The layer with the logits of an output that is a softmax. */
const logitsName = (output: string) => `${output}/logits`;
