import { checkFinite, checkMatrix, type FeatureMatrix } from '@factornet/core/samples';
import { randomStream, throwIfCancelled, yieldToEventLoop } from '@factornet/core/training';
import { InvalidOptionError, ShapeMismatchError } from '@factornet/spec';
import { addScaled, classProbabilities, priorScores } from './class-scores';
import { growTree, type Tree } from './grow-tree';
import { rankFeatures } from './rank-features';

const integerAt = (values: Int32Array, index: number) => values[index] as number;
const numberAt = (values: Float64Array, index: number) => values[index] as number;

export interface BoostingRequest {
  /** `[examples, features]` */
  readonly features: FeatureMatrix;
  /** Whole numbers, one per row. */
  readonly labels: ArrayLike<number>;
  readonly stages?: number;
  readonly learningRate?: number;
  readonly depth?: number;
  /** Of the choice among features that split equally well. */
  readonly seed: number;
  /** After each stage; waited for. */
  readonly onStage?: (() => void | Promise<void>) | undefined;
  readonly signal?: AbortSignal | undefined;
}

export interface BoostedTrees {
  /** Share of the explained variance per feature, adding up to 1; all 0 if no feature ever split a node. */
  readonly importances: Float64Array;
  /** The most probable label per row. */
  predict(features: FeatureMatrix): Int32Array;
}

/** Milliseconds between turns of the event loop. */
const TURN = 50;

/**
 * Gradient boosting of regression trees on the multinomial log-loss (the binomial one for two classes): per stage and
 * class a tree for the residuals `y − p`, whose leaves take one Newton step,
 * `(K − 1) / K · Σ g / Σ p (1 − p)`. Like scikit-learn's `GradientBoostingClassifier()` with its defaults; but values
 * are told apart relative to their size, where scikit-learn takes values closer than 1e-7 for equal.
 *
 * Source: Friedman, "Greedy Function Approximation: A Gradient Boosting Machine" (2001), algorithm 6.
 *
 * @throws ShapeMismatchError, InvalidOptionError for sizes and numbers that make no sense, or labels of one class
 * @throws CancelledError on `signal`
 */
export async function fitGradientBoosting(request: BoostingRequest): Promise<BoostedTrees> {
  const { features, labels, stages = 100, learningRate = 0.1, depth = 3, seed, onStage, signal } = request;
  checkMatrix('features', features, labels);
  checkFinite('features', features);
  const classes = [...new Set(Array.from(labels))].sort((left, right) => left - right);
  if (classes.length < 2) {
    throw new InvalidOptionError({ option: 'labels', expected: 'of two classes', received: classes });
  }
  const positions = new Map(classes.map((label, position) => [label, position]));
  const targets = Int32Array.from(labels, (label) => positions.get(label) as number);
  const prior = priorScores(targets, classes.length);
  const width = prior.length;
  const { rows } = features;
  const scores = Array.from(prior, (score) => new Float64Array(rows).fill(score));
  const ranked = rankFeatures(features);
  const importances = new Float64Array(features.columns);
  const residuals = new Float64Array(rows);
  const trees: Tree[] = [];
  let turn = performance.now();
  for (let stage = 0; stage < stages; stage++) {
    const probabilities = classProbabilities(scores);
    for (let tree = 0; tree < width; tree++) {
      const own = width === 1 ? 1 : tree;
      const p = probabilities[tree] as Float64Array;
      for (let row = 0; row < rows; row++) {
        residuals[row] = (targets[row] === own ? 1 : 0) - numberAt(p, row);
      }
      const stream = randomStream(seed, 'gradient-boosting', stage, tree);
      const grown = growTree({ ranked, targets: residuals, depth, stream, importances });
      setLeaves(grown.tree, grown.leafOf, residuals, width === 1 ? 1 : (width - 1) / width);
      addScaled(scores[tree] as Float64Array, grown.tree.values, grown.leafOf, learningRate);
      trees.push(grown.tree);
      if (performance.now() - turn > TURN) {
        await yieldToEventLoop();
        turn = performance.now();
      }
      throwIfCancelled('gradient boosting', signal);
    }
    await onStage?.();
  }
  const total = importances.reduce((sum, value) => sum + value, 0);
  return {
    importances: total === 0 ? importances : importances.map((value) => value / total),
    predict: (examples) => {
      checkMatrix('features', examples);
      if (examples.columns !== features.columns) {
        const received = [examples.rows, examples.columns];
        throw new ShapeMismatchError({ what: 'features', expected: [null, features.columns], received });
      }
      return predictLabels(examples, { trees, prior, classes, learningRate });
    },
  };
}

/** One Newton step per leaf. With `g = y − p` and y 0 or 1, `p (1 − p) = |g| (1 − |g|)`. */
function setLeaves(tree: Tree, leafOf: Uint16Array, residuals: Float64Array, factor: number): void {
  const curvatures = new Float64Array(tree.values.length);
  for (let row = 0; row < residuals.length; row++) {
    const leaf = leafOf[row] as number;
    const size = Math.abs(numberAt(residuals, row));
    tree.values[leaf] = numberAt(tree.values, leaf) + numberAt(residuals, row);
    curvatures[leaf] = numberAt(curvatures, leaf) + size * (1 - size);
  }
  for (const [leaf, curvature] of curvatures.entries()) {
    // Where every probability is 0 or 1 nothing can be gained.
    tree.values[leaf] = curvature < 1e-150 ? 0 : (factor * numberAt(tree.values, leaf)) / curvature;
  }
}

function predictLabels(
  { rows, columns, data }: FeatureMatrix,
  model: { trees: readonly Tree[]; prior: Float64Array; classes: readonly number[]; learningRate: number },
): Int32Array {
  const { trees, prior, classes, learningRate } = model;
  const labels = new Int32Array(rows);
  const scores = new Float64Array(prior.length);
  for (let row = 0; row < rows; row++) {
    scores.set(prior);
    for (let tree = 0; tree < trees.length; tree++) {
      const { features, thresholds, values } = trees[tree] as Tree;
      let node = 0;
      while (integerAt(features, node) >= 0) {
        const value = data[row * columns + integerAt(features, node)] as number;
        node = value <= numberAt(thresholds, node) ? 2 * node + 1 : 2 * node + 2;
      }
      const at = tree % prior.length;
      scores[at] = numberAt(scores, at) + learningRate * numberAt(values, node);
    }
    const best =
      prior.length === 1 ? (numberAt(scores, 0) >= 0 ? 1 : 0) : scores.indexOf(Math.max(...scores));
    labels[row] = classes[best] as number;
  }
  return labels;
}
