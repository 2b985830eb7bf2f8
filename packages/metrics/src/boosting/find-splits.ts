import type { DiscreteFeature, RankedFeature, SortedFeature } from './rank-features';
import { isGap } from './rank-features';

/** The nodes of one level of a tree, which are split at once. */
export interface OpenNodes {
  /** Number of the level's first node; its nodes are `first … first + count − 1`. */
  readonly first: number;
  readonly count: number;
  /** The node of each example. Examples of earlier leaves have lower numbers than `first`. */
  readonly nodeOf: Uint16Array;
  /** What the tree is to predict, per example. */
  readonly targets: Float64Array;
  /** Examples of each node, and the sum of their targets. */
  readonly sizes: Float64Array;
  readonly sums: Float64Array;
}

/** The best split of each node by one feature. */
export interface FeatureSplits {
  /** `S_left² / n_left + S_right² / n_right`: larger is less variance left. −∞ where the feature does not vary. */
  readonly scores: Float64Array;
  /** Examples at or below go left. */
  readonly thresholds: Float64Array;
}

/** Looks for the split that leaves the least variance of the targets, in every open node. */
export function findSplits(feature: RankedFeature, nodes: OpenNodes): FeatureSplits {
  return feature.kind === 'discrete' ? findAmongLevels(feature, nodes) : findInOrder(feature, nodes);
}

function findAmongLevels({ level, levels }: DiscreteFeature, nodes: OpenNodes): FeatureSplits {
  const { first, count, nodeOf, targets } = nodes;
  const width = levels.length;
  const sums = new Float64Array(count * width);
  const sizes = new Float64Array(count * width);
  for (let example = 0; example < nodeOf.length; example++) {
    const node = (nodeOf[example] as number) - first;
    if (node < 0) continue;
    const at = node * width + (level[example] as number);
    sums[at] = (sums[at] as number) + (targets[example] as number);
    sizes[at] = (sizes[at] as number) + 1;
  }
  const splits = noSplits(count);
  for (let node = 0; node < count; node++) {
    const total = nodes.sums[node] as number;
    const size = nodes.sizes[node] as number;
    let sum = 0;
    let before = 0;
    let last = -1;
    for (let at = 0; at < width; at++) {
      const here = sizes[node * width + at] as number;
      if (here === 0) continue;
      if (before > 0) {
        const rest = total - sum;
        const score = (sum * sum) / before + (rest * rest) / (size - before);
        if (score > (splits.scores[node] as number)) {
          splits.scores[node] = score;
          splits.thresholds[node] = between(levels[last] as number, levels[at] as number);
        }
      }
      sum += sums[node * width + at] as number;
      before += here;
      last = at;
    }
  }
  return splits;
}

function findInOrder({ order, values }: SortedFeature, nodes: OpenNodes): FeatureSplits {
  const { first, count, nodeOf, targets } = nodes;
  const { scores, thresholds } = noSplits(count);
  const sums = new Float64Array(count);
  const sizes = new Float64Array(count);
  const last = new Float64Array(count);
  for (let position = 0; position < order.length; position++) {
    const example = order[position] as number;
    const node = (nodeOf[example] as number) - first;
    if (node < 0) continue;
    const value = values[position] as number;
    const sum = sums[node] as number;
    const before = sizes[node] as number;
    if (before > 0 && isGap(last[node] as number, value)) {
      const rest = (nodes.sums[node] as number) - sum;
      const score = (sum * sum) / before + (rest * rest) / ((nodes.sizes[node] as number) - before);
      if (score > (scores[node] as number)) {
        scores[node] = score;
        thresholds[node] = between(last[node] as number, value);
      }
    }
    sums[node] = sum + (targets[example] as number);
    sizes[node] = before + 1;
    last[node] = value;
  }
  return { scores, thresholds };
}

/** Halves are added, not the sum halved: it could overflow. */
function between(lower: number, upper: number): number {
  return lower / 2 + upper / 2;
}

function noSplits(count: number): FeatureSplits {
  return {
    scores: new Float64Array(count).fill(Number.NEGATIVE_INFINITY),
    thresholds: new Float64Array(count),
  };
}
