import { concatenate, type PlainLayer } from '@factornet/core';
import type { TaskDescription } from '@factornet/spec';
import type { JointPlan } from '../joint/plan-joint';
import { layerNames } from './layer-names';
import type { GraphLayer, ModelGraph } from './model-graph';
import { plainLayer } from './new-layers';

/**
 * Adds one more output to those of the tasks: the logits of all classes that the factors of a label space tell apart
 * together, each times its factor's scale, in the order of the label space. A Dense picks and scales them from the
 * logits of the tasks, side by side.
 *
 * @param tasks of the outputs, in their order
 * @param reserved names that layers may not have
 */
export function addJointOutput(
  graph: ModelGraph,
  plan: JointPlan,
  tasks: readonly TaskDescription[],
  reserved: readonly string[],
): ModelGraph {
  const names = layerNames([...reserved, ...graph.layers.keys()]);
  const members = plan.tasks.map((name) => tasks.findIndex((task) => task.name === name));
  const from = members.map((member) => graph.outputs[member] as string);
  const counts = members.map((member) => tasks[member]?.labelSpace?.indices.length as number);
  const add: GraphLayer[] = [];
  if (from.length > 1)
    add.push(plainLayer(concatenate().layer as PlainLayer, names.take('joint/logits'), from));
  add.push(pickingLayer(names.take('joint/scaled'), add[0]?.name ?? (from[0] as string), counts, plan));
  const layers = new Map([...graph.layers, ...add.map((layer) => [layer.name, layer] as const)]);
  return { ...graph, layers, outputs: [...graph.outputs, add.at(-1)?.name as string] };
}

function pickingLayer(
  name: string,
  from: string,
  counts: readonly number[],
  { columns }: JointPlan,
): GraphLayer {
  const startOf = (factor: number) => counts.slice(0, factor).reduce((sum, count) => sum + count, 0);
  const shape = [startOf(counts.length), columns.length];
  const values = new Float32Array(startOf(counts.length) * columns.length);
  columns.forEach(({ factor, logit, scale }, column) => {
    values[(startOf(factor) + logit) * columns.length + column] = scale;
  });
  return {
    name,
    className: 'Dense',
    config: { name, units: columns.length, activation: 'linear', use_bias: false },
    from: [from],
    weights: { kernel: { shape, values } },
  };
}
