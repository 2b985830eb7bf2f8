import type { DiscreteFeature, RankedFeature, SortedFeature } from './rank-features';
import { isGap } from './rank-features';

const integerAt = (values: Int32Array, index: number) => values[index] as number;
const numberAt = (values: Float64Array, index: number) => values[index] as number;

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
    sums[at] = numberAt(sums, at) + numberAt(targets, example);
    sizes[at] = numberAt(sizes, at) + 1;
  }
  const splits = noSplits(count);
  for (let node = 0; node < count; node++) {
    const total = numberAt(nodes.sums, node);
    const size = numberAt(nodes.sizes, node);
    let sum = 0;
    let before = 0;
    let last = -1;
    for (let at = 0; at < width; at++) {
      const here = numberAt(sizes, node * width + at);
      if (here === 0) continue;
      if (before > 0) {
        const rest = total - sum;
        const score = (sum * sum) / before + (rest * rest) / (size - before);
        if (score > numberAt(splits.scores, node)) {
          splits.scores[node] = score;
          splits.thresholds[node] = between(numberAt(levels, last), numberAt(levels, at));
        }
      }
      sum += numberAt(sums, node * width + at);
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
    const example = integerAt(order, position);
    const node = (nodeOf[example] as number) - first;
    if (node < 0) continue;
    const value = numberAt(values, position);
    const sum = numberAt(sums, node);
    const before = numberAt(sizes, node);
    if (before > 0 && isGap(numberAt(last, node), value)) {
      const rest = numberAt(nodes.sums, node) - sum;
      const score = (sum * sum) / before + (rest * rest) / (numberAt(nodes.sizes, node) - before);
      if (score > numberAt(scores, node)) {
        scores[node] = score;
        thresholds[node] = between(numberAt(last, node), value);
      }
    }
    sums[node] = sum + numberAt(targets, example);
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
