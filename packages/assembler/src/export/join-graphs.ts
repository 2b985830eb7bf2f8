import type { Fusion, PlainLayer } from '@factornet/core';
import { type InputDescription, PICTURE } from '@factornet/spec';
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
  /** Names of the maps that it puts out after its features. */
  readonly maps: readonly string[];
  readonly network: NamedGraph;
}

export interface JoinedFactor {
  readonly task: string;
  /** Position of its common-knowledge network. */
  readonly trunk: number;
  /** `picture`, or maps of its common-knowledge network, in the order of the task-specific network's inputs. */
  readonly reads: readonly string[];
  /** What makes t of the task-specific network's first output. */
  readonly code: readonly PlainLayer[];
  readonly fusion: Fusion;
  readonly specific: NamedGraph;
  readonly head: NamedGraph;
}

/**
 * Joins common-knowledge networks and factors into one graph from pictures with values in [0, 1] to the logits of each
 * factor: every trunk runs once for its features and maps, and what computes log-variances is left out.
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
  /** Adds a model that reads from `sources`, and names the layers of its first outputs. */
  const append = (
    { name, graph }: NamedGraph,
    prefix: string,
    sources: readonly string[],
    count = 1,
  ): readonly string[] => {
    const kept = keepOutputs(graph, graph.outputs.slice(0, count));
    const renamed = renameLayers(
      kept,
      renaming(kept, sources, (layer) => names.take(prefixed(prefix, name, layer))),
    );
    for (const layer of renamed.layers.values()) if (!sources.includes(layer.name)) add(layer);
    return renamed.outputs;
  };
  const offered = trunks.map(({ network, maps }, index) => {
    const prefix = trunks.length === 1 ? 'common' : `common-${index + 1}`;
    const picture = normalized[index] as string;
    const [features, ...rest] = append(network, prefix, [picture], 1 + maps.length) as [string, ...string[]];
    const named = maps.map((name, map) => [name, rest[map] as string] as const);
    return { features, named: new Map([[PICTURE, picture], ...named]) };
  });
  const outputs = factors.map(({ task, trunk, reads, code, fusion, specific, head }) => {
    const { features, named } = offered[trunk] as (typeof offered)[number];
    const read = reads.map((from) => named.get(from) as string);
    let [t] = append(specific, `${task}/specific`, read) as [string];
    for (const layer of code) t = add(plainLayer(layer, names.take(`${task}/code`), [t]));
    const { layer } = fusion;
    const fused = layer ? add(plainLayer(layer, names.take(`${task}/fused`), [features, t])) : t;
    return append(head, `${task}/head`, [fused])[0] as string;
  });
  return { layers, inputs: [pictures], outputs };
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

function renaming(graph: ModelGraph, sources: readonly string[], take: (layer: string) => string) {
  const names = new Map(
    [...graph.layers.keys()].map((name) => [name, sources[graph.inputs.indexOf(name)] ?? take(name)]),
  );
  return (name: string) => names.get(name) as string;
}
