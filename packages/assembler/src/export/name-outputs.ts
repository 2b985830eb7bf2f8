import type { TaskKind } from '@factornet/spec';
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

/** Gives the outputs their names; each becomes what its `last` layer makes of its logits, if it has one. */
export function nameOutputs(
  graph: ModelGraph,
  names: readonly string[],
  last: readonly TaskKind['probabilities'][],
): ModelGraph {
  const logits = names.map((name, index) => (last[index] === undefined ? name : logitsName(name)));
  const nameOf = new Map(graph.outputs.map((output, index) => [output, logits[index] as string]));
  const named = renameLayers(graph, (layer) => nameOf.get(layer) ?? layer);
  const layers = new Map(named.layers);
  names.forEach((name, index) => {
    const layer = last[index];
    if (layer !== undefined) layers.set(name, plainLayer(layer, name, [logitsName(name)]));
  });
  return { ...named, layers, outputs: names };
}

/** The layer with the logits of an output that is made of them. */
const logitsName = (output: string) => `${output}/logits`;
