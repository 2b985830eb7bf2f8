import { checkMatrix, columnsOf, type FeatureMatrix, numberAt, selectRows } from '@factornet/core/samples';
import { InvalidOptionError } from '@factornet/spec';
import type { LabelledSampleEstimator, LabelledSamples } from '../estimator';
import { digamma, digammaTable } from '../special-functions/gamma-functions';
import { type ContinuousOptions, prepareContinuous } from './continuous-samples';
import { checkNorm, countWithin, distancesFrom, type Norm } from './distances';
import { NearestList } from './nearest-list';
import { countScalarNeighbours, visitNearest } from './scalar-neighbours';

export interface RossOptions extends ContinuousOptions {
  /** Neighbours of the same label. Default 3. */
  readonly k?: number;
  /** Of features. Default `'max'`. */
  readonly norm?: Norm;
  /** Turns a negative estimate into 0. Default false. */
  readonly clamp?: boolean;
}

/**
 * Ross's estimator of the information between features and a label, in nats (PLoS ONE 9(2), e87357, 2014):
 * `ψ(N) + ψ(k) − mean_i ψ(N_{y_i}) − mean_i ψ(m_i)`, where `N_{y_i}` rows have the label of row i, and `m_i − 1` other
 * rows of any label are strictly nearer than its k-th neighbour of the same label.
 *
 * No bound. A label with fewer than `k + 1` rows takes all its other rows as neighbours; one with a single row has none
 * and is left out, as by scikit-learn's `mutual_info_classif`, which gives the same numbers for one feature.
 *
 * `value` throws a ShapeMismatchError unless there is a label per row, and an InvalidOptionError unless labels are whole
 * numbers from −1 (−1: not counted), some label has two rows, numbers are finite, and few rows repeat.
 *
 * @throws InvalidOptionError unless `k` is a whole number from 1
 *
 * @example
 * ross().value({ features: featureMatrix([0.1, 0.3, 2.2, 2.5]), labels: [0, 0, 1, 1] });
 */
export function ross(options: RossOptions = {}): LabelledSampleEstimator {
  const { k = 3, norm = 'max', clamp = false } = options;
  if (!Number.isInteger(k) || k < 1) {
    throw new InvalidOptionError({ option: 'k', expected: 'a whole number from 1', received: k });
  }
  checkNorm(norm);
  const measure = (samples: LabelledSamples): number => {
    const groups = [...groupRows(samples).values()].filter((group) => group.length > 1);
    const counted = groups.flat();
    if (counted.length === 0) {
      throw new InvalidOptionError({
        option: 'labels',
        expected: 'such that one label names two rows at least',
        received: samples.labels,
      });
    }
    const { points } = prepareContinuous('features', selectRows(samples.features, counted), options);
    // One label, or features that do not vary, tell nothing.
    if (groups.length === 1 || points.columns === 0) return 0;
    const rows = counted.length;
    const sizes = groups.map(({ length }) => length);
    const counts =
      points.columns === 1 ? scalarCounts(points, sizes, k) : denseCounts(points, sizes, k, norm);
    let labelTerms = 0;
    for (const size of sizes) labelTerms += size * (digamma(Math.min(k, size - 1)) - digamma(size));
    const psi = digammaTable(rows);
    let featureTerms = 0;
    for (const nearer of counts) featureTerms += numberAt(psi, nearer + 1);
    return digamma(rows) + (labelTerms - featureTerms) / rows;
  };
  return {
    name: 'ross',
    direction: 'neither',
    requires: 'labelled-samples',
    value: (samples) => (clamp ? Math.max(0, measure(samples)) : measure(samples)),
  };
}

/** The rows of each label. */
function groupRows({ features, labels }: LabelledSamples): Map<number, number[]> {
  checkMatrix('features', features, labels);
  const groups = new Map<number, number[]>();
  for (let row = 0; row < labels.length; row++) {
    const label = labels[row] as number;
    if (label === -1) continue;
    if (!Number.isInteger(label) || label < 0) {
      throw new InvalidOptionError({
        option: `labels[${row}]`,
        expected: 'a whole number from 0, or −1 for no label',
        received: label,
      });
    }
    const group = groups.get(label);
    if (group === undefined) groups.set(label, [row]);
    else group.push(row);
  }
  return groups;
}

/** Rows strictly nearer than the k-th one of the same group; groups of these sizes follow each other. */
function scalarCounts(points: FeatureMatrix, sizes: readonly number[], k: number): Int32Array {
  const [values] = columnsOf(points) as [Float64Array];
  const radii = new Float64Array(values.length);
  let start = 0;
  for (const size of sizes) {
    const [neighbours, from] = [Math.min(k, size - 1), start];
    const group = values.subarray(from, from + size);
    visitNearest(group, new Float64Array(size), neighbours, (row, nearest) => {
      radii[from + row] = nearest.bound;
    });
    start += size;
  }
  return countScalarNeighbours(values, radii, 'open');
}

/** The same for any columns. */
function denseCounts(points: FeatureMatrix, sizes: readonly number[], k: number, norm: Norm): Int32Array {
  const columns = columnsOf(points);
  const distances = new Float64Array(points.rows);
  const counts = new Int32Array(points.rows);
  let start = 0;
  for (const size of sizes) {
    const nearest = new NearestList(Math.min(k, size - 1));
    const end = start + size;
    for (let row = start; row < end; row++) {
      distancesFrom(row, columns, norm, distances);
      nearest.clear();
      for (let other = start; other < end; other++) {
        const distance = numberAt(distances, other);
        if (other !== row && distance < nearest.bound) nearest.insert(distance, distance, 0);
      }
      counts[row] = countWithin(distances, nearest.bound, 'open') - 1;
    }
    start = end;
  }
  return counts;
}
