import { ascendingOrder, type Edge } from './distances';
import { NearestList } from './nearest-list';

const integerAt = (values: Int32Array, index: number) => values[index] as number;
const numberAt = (values: Float64Array, index: number) => values[index] as number;

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
  const xs = Float64Array.from(order, (row) => numberAt(x, row));
  const ys = Float64Array.from(order, (row) => numberAt(y, row));
  const nearest = new NearestList(neighbours);
  for (let row = 0; row < xs.length; row++) {
    nearest.clear();
    collect(row, xs, ys, nearest);
    visit(integerAt(order, row), nearest);
  }
}

function collect(row: number, xs: Float64Array, ys: Float64Array, nearest: NearestList): void {
  const [x, y] = [numberAt(xs, row), numberAt(ys, row)];
  let [below, above, bound] = [row - 1, row + 1, Number.POSITIVE_INFINITY];
  for (;;) {
    const gapBelow = below < 0 ? Number.POSITIVE_INFINITY : x - numberAt(xs, below);
    const gapAbove = above >= xs.length ? Number.POSITIVE_INFINITY : numberAt(xs, above) - x;
    const gap = Math.min(gapBelow, gapAbove);
    if (gap >= bound) return;
    const gapY = Math.abs(y - numberAt(ys, gapBelow < gapAbove ? below-- : above++));
    if (gapY >= bound) continue;
    nearest.insert(Math.max(gap, gapY), gap, gapY);
    bound = nearest.bound;
  }
}

/** How many other values lie within each one's radius: one sort, and two binary searches for each. */
export function countScalarNeighbours(values: Float64Array, radii: Float64Array, edge: Edge): Int32Array {
  const order = ascendingOrder(values);
  const sorted = Float64Array.from(order, (row) => numberAt(values, row));
  const counts = new Int32Array(values.length);
  for (let position = 0; position < sorted.length; position++) {
    const row = integerAt(order, position);
    const radius = numberAt(radii, row);
    counts[row] =
      reach(sorted, position, sorted.length, radius, edge) + reach(sorted, position, -1, radius, edge);
  }
  return counts;
}

/** How many values in one direction lie within the radius. */
function reach(sorted: Float64Array, from: number, limit: number, radius: number, edge: Edge): number {
  const [centre, direction] = [numberAt(sorted, from), limit > from ? 1 : -1];
  let [near, far] = [0, Math.abs(limit - from)];
  // By doubling first, since few of all values are near.
  let step = 1;
  while (far - near > 1) {
    const probe = near + step < far ? near + step : (near + far) >> 1;
    // The difference itself decides, as where distances were measured: a sum would round in another way.
    const gap = Math.abs(numberAt(sorted, from + direction * probe) - centre);
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
