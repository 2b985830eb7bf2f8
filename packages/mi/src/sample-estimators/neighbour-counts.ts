import { columnsOf, type FeatureMatrix } from '@factornet/core/samples';
import { countWithin, distancesFrom, type Edge, type Norm } from './distances';
import { NearestList } from './nearest-list';
import { countScalarNeighbours, visitNearest } from './scalar-neighbours';

const numberAt = (values: Float64Array, index: number) => values[index] as number;

/** How many other rows lie in a row's neighbourhood, in x and in y, for each row. */
export interface NeighbourCounts {
  readonly k: number;
  readonly x: Int32Array;
  readonly y: Int32Array;
}

export interface NeighbourhoodOptions {
  readonly ks: readonly number[];
  /**
   * `'joint'`: strictly within the distance of the k-th neighbour in the joint space. `'each'`: at most as far in x as
   * the farthest in x of the k neighbours, and so for y.
   */
  readonly radius: 'joint' | 'each';
  readonly norm: Norm;
}

/** Counts neighbours as Kraskov's estimators need them; the joint distance is the larger one of those in x and y. */
export function neighbourCounts(
  x: FeatureMatrix,
  y: FeatureMatrix,
  options: NeighbourhoodOptions,
): NeighbourCounts[] {
  return x.columns === 1 && y.columns === 1 ? scalarCounts(x, y, options) : denseCounts(x, y, options);
}

const EDGES: Record<NeighbourhoodOptions['radius'], Edge> = { joint: 'open', each: 'closed' };

/** For one column each, where all norms are one. */
export function scalarCounts(
  x: FeatureMatrix,
  y: FeatureMatrix,
  { ks, radius }: NeighbourhoodOptions,
): NeighbourCounts[] {
  const [[xs], [ys]] = [columnsOf(x), columnsOf(y)] as [[Float64Array], [Float64Array]];
  const radii = ks.map((k) => ({ k, x: new Float64Array(x.rows), y: new Float64Array(x.rows) }));
  visitNearest(xs, ys, Math.max(...ks), (row, nearest) => {
    for (const { k, ...of } of radii) {
      const joint = numberAt(nearest.joint, k - 1);
      of.x[row] = radius === 'joint' ? joint : nearest.farthest('x', k);
      of.y[row] = radius === 'joint' ? joint : nearest.farthest('y', k);
    }
  });
  return radii.map(({ k, ...of }) => ({
    k,
    x: countScalarNeighbours(xs, of.x, EDGES[radius]),
    y: countScalarNeighbours(ys, of.y, EDGES[radius]),
  }));
}

/** For any columns: all distances from one row at a time. */
export function denseCounts(
  x: FeatureMatrix,
  y: FeatureMatrix,
  { ks, radius, norm }: NeighbourhoodOptions,
): NeighbourCounts[] {
  const { rows } = x;
  const [xs, ys] = [columnsOf(x), columnsOf(y)];
  const [fromX, fromY] = [new Float64Array(rows), new Float64Array(rows)];
  const nearest = new NearestList(Math.max(...ks));
  const counts = ks.map((k) => ({ k, x: new Int32Array(rows), y: new Int32Array(rows) }));
  for (let row = 0; row < rows; row++) {
    distancesFrom(row, xs, norm, fromX);
    distancesFrom(row, ys, norm, fromY);
    nearest.clear();
    collect(nearest, fromX, fromY, 0, row);
    collect(nearest, fromX, fromY, row + 1, rows);
    for (const { k, ...of } of counts) {
      const joint = numberAt(nearest.joint, k - 1);
      const [radiusX, radiusY] =
        radius === 'joint' ? [joint, joint] : [nearest.farthest('x', k), nearest.farthest('y', k)];
      of.x[row] = countWithin(fromX, radiusX, EDGES[radius]) - 1;
      of.y[row] = countWithin(fromY, radiusY, EDGES[radius]) - 1;
    }
  }
  return counts;
}

function collect(
  nearest: NearestList,
  fromX: Float64Array,
  fromY: Float64Array,
  start: number,
  end: number,
): void {
  let { bound } = nearest;
  for (let other = start; other < end; other++) {
    const x = numberAt(fromX, other);
    const y = numberAt(fromY, other);
    const joint = Math.max(x, y);
    if (joint >= bound) continue;
    nearest.insert(joint, x, y);
    bound = nearest.bound;
  }
}
