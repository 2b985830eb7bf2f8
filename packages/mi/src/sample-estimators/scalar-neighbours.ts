import { ascendingOrder, type Edge } from './distances';
import { NearestList } from './nearest-list';

/**
 * Visits each row's `neighbours` nearest other rows in the joint space of two single columns. Exact: from each row
 * outwards in the order of x, until x alone is too far.
 */
export function visitNearest(
  x: Float64Array,
  y: Float64Array,
  neighbours: number,
  visit: (row: number, nearest: NearestList) => void,
): void {
  const order = ascendingOrder(x);
  const xs = Float64Array.from(order, (row) => x[row] as number);
  const ys = Float64Array.from(order, (row) => y[row] as number);
  const nearest = new NearestList(neighbours);
  for (let row = 0; row < xs.length; row++) {
    nearest.clear();
    collect(row, xs, ys, nearest);
    visit(order[row] as number, nearest);
  }
}

function collect(row: number, xs: Float64Array, ys: Float64Array, nearest: NearestList): void {
  const [x, y] = [xs[row] as number, ys[row] as number];
  let [below, above, bound] = [row - 1, row + 1, Number.POSITIVE_INFINITY];
  for (;;) {
    const gapBelow = below < 0 ? Number.POSITIVE_INFINITY : x - (xs[below] as number);
    const gapAbove = above >= xs.length ? Number.POSITIVE_INFINITY : (xs[above] as number) - x;
    const gap = Math.min(gapBelow, gapAbove);
    if (gap >= bound) return;
    const gapY = Math.abs(y - (ys[gapBelow < gapAbove ? below-- : above++] as number));
    if (gapY >= bound) continue;
    nearest.insert(Math.max(gap, gapY), gap, gapY);
    bound = nearest.bound;
  }
}

/** How many other values lie within each one's radius: one sort, and two binary searches for each. */
export function countScalarNeighbours(values: Float64Array, radii: Float64Array, edge: Edge): Int32Array {
  const order = ascendingOrder(values);
  const sorted = Float64Array.from(order, (row) => values[row] as number);
  const counts = new Int32Array(values.length);
  for (let position = 0; position < sorted.length; position++) {
    const row = order[position] as number;
    const radius = radii[row] as number;
    counts[row] =
      reach(sorted, position, sorted.length, radius, edge) + reach(sorted, position, -1, radius, edge);
  }
  return counts;
}

/** How many values in one direction lie within the radius. */
function reach(sorted: Float64Array, from: number, limit: number, radius: number, edge: Edge): number {
  const [centre, direction] = [sorted[from] as number, limit > from ? 1 : -1];
  let [near, far] = [0, Math.abs(limit - from)];
  // By doubling first, since few of all values are near.
  let step = 1;
  while (far - near > 1) {
    const probe = near + step < far ? near + step : (near + far) >> 1;
    // The difference itself decides, as where distances were measured: a sum would round in another way.
    const gap = Math.abs((sorted[from + direction * probe] as number) - centre);
    if (edge === 'open' ? gap < radius : gap <= radius) {
      near = probe;
      step *= 2;
    } else {
      far = probe;
      step = (far - near) >> 1;
    }
  }
  return near;
}
