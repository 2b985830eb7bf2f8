import type { RandomStream } from '@factornet/core/training';
import { findSplits, type OpenNodes } from './find-splits';
import type { RankedFeature } from './rank-features';

const integerAt = (values: Int32Array, index: number) => values[index] as number;
const numberAt = (values: Float64Array, index: number) => values[index] as number;

/** A regression tree. Node n has the children 2n + 1 (at or below the threshold) and 2n + 2. */
export interface Tree {
  /** Feature that each node splits by; −1 for a leaf. */
  readonly features: Int32Array;
  readonly thresholds: Float64Array;
  /** What each leaf predicts; filled in by who grows the tree. */
  readonly values: Float64Array;
}

export interface GrownTree {
  readonly tree: Tree;
  /** The leaf of each example. */
  readonly leafOf: Uint16Array;
}

export interface TreeRequest {
  readonly ranked: readonly RankedFeature[];
  readonly targets: Float64Array;
  readonly depth: number;
  /** Chooses among features that split equally well. */
  readonly stream: RandomStream;
  /** Added to, per feature: `Σ_nodes (S_left² / n_left + S_right² / n_right − S² / n)`, the variance that it explains. */
  readonly importances: Float64Array;
}

/** A node whose targets vary less is a leaf, as in scikit-learn. */
const LEAST_VARIANCE = Number.EPSILON;

/** Features whose scores differ by less, relatively, split equally well: sums in another order differ by as much. */
const TIE = 1e-10;

/** Grows a tree level by level, each node split where the least variance of the targets is left. */
export function growTree({ ranked, targets, depth, stream, importances }: TreeRequest): GrownTree {
  const nodes = 2 ** (depth + 1) - 1;
  const tree: Tree = {
    features: new Int32Array(nodes).fill(-1),
    thresholds: new Float64Array(nodes),
    values: new Float64Array(nodes),
  };
  const nodeOf = new Uint16Array(targets.length);
  for (let level = 0; level < depth; level++) {
    const open = openNodes(2 ** level, nodeOf, targets);
    if (!splitLevel(open, tree, { ranked, stream, importances })) break;
    sendDown(nodeOf, open, tree, ranked);
  }
  return { tree, leafOf: nodeOf };
}

function openNodes(
  count: number,
  nodeOf: Uint16Array,
  targets: Float64Array,
): OpenNodes & { squares: Float64Array } {
  const first = count - 1;
  const sizes = new Float64Array(count);
  const sums = new Float64Array(count);
  const squares = new Float64Array(count);
  for (let example = 0; example < nodeOf.length; example++) {
    const node = (nodeOf[example] as number) - first;
    if (node < 0) continue;
    const target = numberAt(targets, example);
    sizes[node] = numberAt(sizes, node) + 1;
    sums[node] = numberAt(sums, node) + target;
    squares[node] = numberAt(squares, node) + target * target;
  }
  return { first, count, nodeOf, targets, sizes, sums, squares };
}

/** Writes the splits of one level into the tree. Whether there were any. */
function splitLevel(
  open: OpenNodes & { squares: Float64Array },
  tree: Tree,
  { ranked, stream, importances }: Pick<TreeRequest, 'ranked' | 'stream' | 'importances'>,
): boolean {
  const splits = ranked.map((feature) => findSplits(feature, open));
  let any = false;
  for (let node = 0; node < open.count; node++) {
    const size = numberAt(open.sizes, node);
    const sum = numberAt(open.sums, node);
    if (size < 2 || numberAt(open.squares, node) / size - (sum / size) ** 2 <= LEAST_VARIANCE) continue;
    const scores = splits.map((split) => numberAt(split.scores, node));
    const best = Math.max(...scores);
    if (best === Number.NEGATIVE_INFINITY) continue;
    const tied = [...scores.keys()].filter((feature) => (scores[feature] as number) >= best - TIE * best);
    // Always the first feature would give duplicated codes all importance or none.
    const chosen = tied[tied.length > 1 ? stream.integer(tied.length) : 0] as number;
    tree.features[open.first + node] = chosen;
    tree.thresholds[open.first + node] = splits[chosen]?.thresholds[node] as number;
    const explained = Math.max(0, (scores[chosen] as number) - (sum * sum) / size);
    importances[chosen] = numberAt(importances, chosen) + explained;
    any = true;
  }
  return any;
}

/** Moves the examples of nodes that were split to their children. */
function sendDown(
  nodeOf: Uint16Array,
  { first, count }: OpenNodes,
  { features, thresholds }: Tree,
  ranked: readonly RankedFeature[],
): void {
  for (let node = first; node < first + count; node++) {
    const feature = ranked[integerAt(features, node)];
    if (feature === undefined) continue;
    const threshold = numberAt(thresholds, node);
    if (feature.kind === 'discrete') {
      const { level, levels } = feature;
      for (let example = 0; example < nodeOf.length; example++) {
        if (nodeOf[example] !== node) continue;
        const value = numberAt(levels, level[example] as number);
        nodeOf[example] = value <= threshold ? 2 * node + 1 : 2 * node + 2;
      }
    } else {
      const { order, values } = feature;
      for (let position = 0; position < order.length; position++) {
        const example = integerAt(order, position);
        if (nodeOf[example] !== node) continue;
        nodeOf[example] = numberAt(values, position) <= threshold ? 2 * node + 1 : 2 * node + 2;
      }
    }
  }
}
