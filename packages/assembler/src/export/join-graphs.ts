import type { Fusion } from '@factornet/core';
import type { InputDescription } from '@factornet/spec';
import { type LayerNames, layerNames, prefixed } from './layer-names';
import { type GraphLayer, keepOutputs, type ModelGraph, renameLayers } from './model-graph';
import { inputLayer, normalizationLayer, plainLayer } from './new-layers';

/** A model as plain data, with the name that its layers begin with. */
export interface NamedGraph {
  readonly name: string;
  readonly graph: ModelGraph;
}

export interface JoinedTrunk {
  readonly input: InputDescription;
  readonly network: NamedGraph;
}

export interface JoinedFactor {
  readonly task: string;
  /** Position of its common-knowledge network. */
  readonly trunk: number;
  readonly fusion: Fusion;
  readonly specific: NamedGraph;
  readonly head: NamedGraph;
}

/**
 * Joins common-knowledge networks and factors into one graph from pictures with values in [0, 1] to the logits of each
 * factor: every trunk runs once, and what computes log-variances is left out.
 *
 * @param reserved names that layers may not have
 */
export function joinGraphs(
  trunks: readonly JoinedTrunk[],
  factors: readonly JoinedFactor[],
  reserved: readonly string[],
): ModelGraph {
  const names = layerNames(reserved);
  const layers = new Map<string, GraphLayer>();
  const add = (layer: GraphLayer) => {
    layers.set(layer.name, layer);
    return layer.name;
  };
  const [first] = trunks as readonly [JoinedTrunk];
  const pictures = add(inputLayer(names.take('pictures'), [null, ...first.input.shape]));
  const normalized = normalizations(trunks, pictures, names, add);
  /** Adds a model that reads from `source`, and names the layer of its first output. */
  const append = ({ name, graph }: NamedGraph, prefix: string, source: string) => {
    const kept = keepOutputs(graph, graph.outputs.slice(0, 1));
    const renamed = renameLayers(
      kept,
      renaming(kept, source, (layer) => names.take(prefixed(prefix, name, layer))),
    );
    for (const layer of renamed.layers.values()) if (layer.name !== source) add(layer);
    return renamed.outputs[0] as string;
  };
  const features = trunks.map(({ network }, index) =>
    append(network, trunks.length === 1 ? 'common' : `common-${index + 1}`, normalized[index] as string),
  );
  const outputs = factors.map(({ task, trunk, fusion, specific, head }) => {
    const mean = append(specific, `${task}/specific`, normalized[trunk] as string);
    const fused = plainLayer(fusion.layer, names.take(`${task}/code`), [features[trunk] as string, mean]);
    return append(head, `${task}/head`, add(fused));
  });
  return { layers, input: pictures, outputs };
}

/** Where each trunk's normalized pictures come from: one layer for all that normalize alike. */
function normalizations(
  trunks: readonly JoinedTrunk[],
  pictures: string,
  names: LayerNames,
  add: (layer: GraphLayer) => string,
): string[] {
  const byStatistics = new Map<string, string>();
  return trunks.map(({ input: { normalization } }) => {
    const { mean, standardDeviation } = normalization;
    if (mean.every((value) => value === 0) && standardDeviation.every((value) => value === 1))
      return pictures;
    const key = JSON.stringify(normalization);
    const known = byStatistics.get(key);
    if (known !== undefined) return known;
    const layer = add(normalizationLayer(names.take('normalization'), pictures, normalization));
    byStatistics.set(key, layer);
    return layer;
  });
}

function renaming(graph: ModelGraph, source: string, take: (layer: string) => string) {
  const names = new Map(
    [...graph.layers.keys()].map((name) => [name, name === graph.input ? source : take(name)]),
  );
  return (name: string) => names.get(name) as string;
}
