import { affineOf } from './affine';
import { foldAfter, foldBefore, isLinear, seesNoPadding } from './linear-layer';
import {
  bypassLayer,
  countReaders,
  type GraphLayer,
  layerOf,
  type ModelGraph,
  replaceLayers,
} from './model-graph';

/**
 * Folds every BatchNormalization that it can into the weights of a neighbour, so that inference need not compute it:
 *
 * - into the linear layer before, if nothing else reads from that;
 * - else into all that read from it, where each is a convolution without padding or a Dense (pooled or flattened or
 *   not). At the border of a padded convolution that would be wrong: the zeros there are not normalized.
 *
 * The others stay as they are.
 */
export function foldNormalization(graph: ModelGraph): ModelGraph {
  return [...graph.layers.values()]
    .filter(({ className }) => className === 'BatchNormalization')
    .reduce(
      (folded, layer) => foldBack(folded, layer.name) ?? foldForth(folded, layer.name) ?? folded,
      graph,
    );
}

function foldBack(graph: ModelGraph, name: string): ModelGraph | undefined {
  const normalization = layerOf(graph, name);
  const before = layerOf(graph, normalization.from[0] as string);
  if (!isLinear(before) || countReaders(graph).get(before.name) !== 1) return undefined;
  const folded = foldAfter(before, affineOf(normalization));
  return folded && bypassLayer(replaceLayers(graph, folded), normalization);
}

function foldForth(graph: ModelGraph, name: string): ModelGraph | undefined {
  const normalization = layerOf(graph, name);
  const readers = linearReaders(graph, name);
  if (readers === undefined || readers.length === 0) return undefined;
  const folded = readers.map((reader) => foldBefore(reader, affineOf(normalization)));
  if (folded.includes(undefined)) return undefined;
  return bypassLayer(replaceLayers(graph, ...(folded as GraphLayer[])), normalization);
}

/** The layers that multiply what a layer puts out; undefined if one of them may not take in an affine map. */
function linearReaders(graph: ModelGraph, name: string): GraphLayer[] | undefined {
  if (graph.outputs.includes(name)) return undefined;
  const found: GraphLayer[] = [];
  for (const reader of graph.layers.values()) {
    if (!reader.from.includes(name)) continue;
    // Means, and positions one behind the other, are of the same channels.
    const passes = reader.className === 'GlobalAveragePooling2D' || reader.className === 'Flatten';
    const behind = passes ? linearReaders(graph, reader.name) : seesNoPadding(reader) ? [reader] : undefined;
    if (behind === undefined) return undefined;
    found.push(...behind);
  }
  return found;
}
