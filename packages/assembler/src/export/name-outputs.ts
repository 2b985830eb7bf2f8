import { type ModelGraph, renameLayers } from './model-graph';
import { plainLayer } from './new-layers';

/** The layer with a task's logits where the task's own name is that of the probabilities. */
export const logitsName = (task: string) => `${task}/logits`;

/** Names the outputs by their tasks; with `probabilities`, each is the softmax of its logits. */
export function nameOutputs(graph: ModelGraph, tasks: readonly string[], probabilities: boolean): ModelGraph {
  const taskOf = new Map(graph.outputs.map((output, index) => [output, tasks[index] as string]));
  const logits = (task: string) => (probabilities ? logitsName(task) : task);
  const named = renameLayers(graph, (name) => (taskOf.has(name) ? logits(taskOf.get(name) as string) : name));
  if (!probabilities) return named;
  const layers = new Map(named.layers);
  for (const task of tasks) layers.set(task, plainLayer('Softmax', task, [logitsName(task)]));
  return { ...named, layers, outputs: tasks };
}
