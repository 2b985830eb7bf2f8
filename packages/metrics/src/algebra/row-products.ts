const numberAt = (values: Float64Array, index: number) => values[index] as number;

/** Some rows of numbers within a longer array: row r begins at `start + r · stride`. */
export interface Rows {
  readonly data: Float64Array;
  readonly start: number;
  readonly stride: number;
  readonly count: number;
}

/** So much of three rows on each side stays in the fastest cache. */
const DEPTH = 256;

/**
 * `target[i, j] += sign · Σ_{k < depth} left[i, k] · right[j, k]`: products of rows with rows, three by three, so that
 * six numbers read are nine products. Sums are added up in blocks of 256.
 *
 * @param target as many rows as `left`, each with as many numbers as `right` has rows
 */
export function addRowProducts(target: Rows, left: Rows, right: Rows, depth: number, sign: 1 | -1): void {
  for (let from = 0; from < depth; from += DEPTH) {
    const to = Math.min(depth, from + DEPTH);
    for (let i = 0; i < left.count; i += 3) {
      for (let j = 0; j < right.count; j += 3) {
        if (i + 2 < left.count && j + 2 < right.count) addNine(target, left, right, i, j, from, to, sign);
        else addEach(target, left, right, i, j, from, to, sign);
      }
    }
  }
}

function addNine(
  target: Rows,
  left: Rows,
  right: Rows,
  i: number,
  j: number,
  from: number,
  to: number,
  sign: 1 | -1,
) {
  const x = left.data;
  const y = right.data;
  const t = target.data;
  const a = left.start + i * left.stride;
  const [b, c] = [a + left.stride, a + 2 * left.stride];
  const d = right.start + j * right.stride;
  const [e, f] = [d + right.stride, d + 2 * right.stride];
  let [ad, ae, af, bd, be, bf, cd, ce, cf] = [0, 0, 0, 0, 0, 0, 0, 0, 0];
  for (let k = from; k < to; k++) {
    const first = numberAt(x, a + k);
    const second = numberAt(x, b + k);
    const third = numberAt(x, c + k);
    const one = numberAt(y, d + k);
    const two = numberAt(y, e + k);
    const three = numberAt(y, f + k);
    ad += first * one;
    ae += first * two;
    af += first * three;
    bd += second * one;
    be += second * two;
    bf += second * three;
    cd += third * one;
    ce += third * two;
    cf += third * three;
  }
  const g = target.start + i * target.stride + j;
  const [h, l] = [g + target.stride, g + 2 * target.stride];
  t[g] = numberAt(t, g) + sign * ad;
  t[g + 1] = numberAt(t, g + 1) + sign * ae;
  t[g + 2] = numberAt(t, g + 2) + sign * af;
  t[h] = numberAt(t, h) + sign * bd;
  t[h + 1] = numberAt(t, h + 1) + sign * be;
  t[h + 2] = numberAt(t, h + 2) + sign * bf;
  t[l] = numberAt(t, l) + sign * cd;
  t[l + 1] = numberAt(t, l + 1) + sign * ce;
  t[l + 2] = numberAt(t, l + 2) + sign * cf;
}

/** What is left at the edges. */
function addEach(
  target: Rows,
  left: Rows,
  right: Rows,
  i: number,
  j: number,
  from: number,
  to: number,
  sign: 1 | -1,
) {
  for (let row = i; row < Math.min(i + 3, left.count); row++) {
    for (let column = j; column < Math.min(j + 3, right.count); column++) {
      let sum = 0;
      const [a, b] = [left.start + row * left.stride, right.start + column * right.stride];
      for (let k = from; k < to; k++) sum += numberAt(left.data, a + k) * numberAt(right.data, b + k);
      const at = target.start + row * target.stride + column;
      target.data[at] = numberAt(target.data, at) + sign * sum;
    }
  }
}

/** All rows of a matrix `[rows, columns]`, or those from one on. */
export function rowsOf(data: Float64Array, columns: number, count: number, first = 0): Rows {
  return { data, start: first * columns, stride: columns, count };
}
