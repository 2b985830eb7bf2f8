/**
 * Rows and columns of a register tile. V8 issues all loads of a loop body before its arithmetic, so sums
 * (8 vectors) and operands (6) have to fit x86's 15 free registers together: 4 × 8 runs at 45 GFLOP/s
 * where 6 × 8, better on paper, spills and runs at 28.
 */
export const TILE_ROWS: i32 = 4;
export const TILE_COLUMNS: i32 = 8;
export const TILE_BYTES: usize = 128;
export const PANEL_ROW_BYTES: usize = 32;

/**
 * `tile = Σ_tap A_tap · B_tap`, 4 × 8.
 *
 * @param rows addresses of A's four rows, `tapBytes` from those of one tap to the next
 * @param depth length of a row of A
 * @param panel B as `[taps][depth][8]`
 */
export function productTile(
  rows: usize,
  tapBytes: usize,
  taps: i32,
  depth: i32,
  panel: usize,
  tile: usize,
): void {
  let c00 = f32x4.splat(0);
  let c01 = f32x4.splat(0);
  let c10 = f32x4.splat(0);
  let c11 = f32x4.splat(0);
  let c20 = f32x4.splat(0);
  let c21 = f32x4.splat(0);
  let c30 = f32x4.splat(0);
  let c31 = f32x4.splat(0);
  const panelTapBytes = <usize>depth * PANEL_ROW_BYTES;
  for (let tap = 0; tap < taps; tap++) {
    let a0 = <usize>load<u32>(rows);
    let a1 = <usize>load<u32>(rows, 4);
    let a2 = <usize>load<u32>(rows, 8);
    let a3 = <usize>load<u32>(rows, 12);
    rows += tapBytes;
    const end = panel + panelTapBytes;
    while (panel < end) {
      const b0 = v128.load(panel);
      const b1 = v128.load(panel, 16);
      panel += PANEL_ROW_BYTES;
      const x0 = v128.load_splat<f32>(a0);
      a0 += 4;
      c00 = f32x4.add(c00, f32x4.mul(x0, b0));
      c01 = f32x4.add(c01, f32x4.mul(x0, b1));
      const x1 = v128.load_splat<f32>(a1);
      a1 += 4;
      c10 = f32x4.add(c10, f32x4.mul(x1, b0));
      c11 = f32x4.add(c11, f32x4.mul(x1, b1));
      const x2 = v128.load_splat<f32>(a2);
      a2 += 4;
      c20 = f32x4.add(c20, f32x4.mul(x2, b0));
      c21 = f32x4.add(c21, f32x4.mul(x2, b1));
      const x3 = v128.load_splat<f32>(a3);
      a3 += 4;
      c30 = f32x4.add(c30, f32x4.mul(x3, b0));
      c31 = f32x4.add(c31, f32x4.mul(x3, b1));
    }
  }
  v128.store(tile, c00);
  v128.store(tile, c01, 16);
  v128.store(tile, c10, 32);
  v128.store(tile, c11, 48);
  v128.store(tile, c20, 64);
  v128.store(tile, c21, 80);
  v128.store(tile, c30, 96);
  v128.store(tile, c31, 112);
}

/**
 * `tile = Aᵀ · B`, 4 × 8: four neighbouring columns of A by eight of B, summed over rows.
 *
 * @param rows addresses of A's rows: `[count]`
 * @param shift bytes from a row's start to the four columns
 * @param panel B as `[count][8]`
 */
export function outerTile(rows: usize, count: i32, shift: usize, panel: usize, tile: usize): void {
  let c00 = f32x4.splat(0);
  let c01 = f32x4.splat(0);
  let c10 = f32x4.splat(0);
  let c11 = f32x4.splat(0);
  let c20 = f32x4.splat(0);
  let c21 = f32x4.splat(0);
  let c30 = f32x4.splat(0);
  let c31 = f32x4.splat(0);
  const end = rows + ((<usize>count) << 2);
  while (rows < end) {
    const a = <usize>load<u32>(rows) + shift;
    rows += 4;
    const b0 = v128.load(panel);
    const b1 = v128.load(panel, 16);
    panel += PANEL_ROW_BYTES;
    const x0 = v128.load_splat<f32>(a);
    c00 = f32x4.add(c00, f32x4.mul(x0, b0));
    c01 = f32x4.add(c01, f32x4.mul(x0, b1));
    const x1 = v128.load_splat<f32>(a, 4);
    c10 = f32x4.add(c10, f32x4.mul(x1, b0));
    c11 = f32x4.add(c11, f32x4.mul(x1, b1));
    const x2 = v128.load_splat<f32>(a, 8);
    c20 = f32x4.add(c20, f32x4.mul(x2, b0));
    c21 = f32x4.add(c21, f32x4.mul(x2, b1));
    const x3 = v128.load_splat<f32>(a, 12);
    c30 = f32x4.add(c30, f32x4.mul(x3, b0));
    c31 = f32x4.add(c31, f32x4.mul(x3, b1));
  }
  v128.store(tile, c00);
  v128.store(tile, c01, 16);
  v128.store(tile, c10, 32);
  v128.store(tile, c11, 48);
  v128.store(tile, c20, 64);
  v128.store(tile, c21, 80);
  v128.store(tile, c30, 96);
  v128.store(tile, c31, 112);
}

/** Writes `columns` (1 to 8) sums of one row of a tile, plus a bias, limited to `[low, high]`. */
export function storeTileRow(
  tileRow: usize,
  target: usize,
  columns: i32,
  bias: usize,
  low: v128,
  high: v128,
): void {
  const left = f32x4.add(v128.load(tileRow), v128.load(bias));
  const right = f32x4.add(v128.load(tileRow, 16), v128.load(bias, 16));
  const limitedLeft = f32x4.min(f32x4.max(left, low), high);
  const limitedRight = f32x4.min(f32x4.max(right, low), high);
  if (columns == TILE_COLUMNS) {
    v128.store(target, limitedLeft);
    v128.store(target, limitedRight, 16);
  } else {
    v128.store(tileRow, limitedLeft);
    v128.store(tileRow, limitedRight, 16);
    for (let column = 0; column < columns; column++) {
      const at = (<usize>column) << 2;
      store<f32>(target + at, load<f32>(tileRow + at));
    }
  }
}

/** Adds `columns` (1 to 8) sums of one row of a tile to those that are there. */
export function addTileRow(tileRow: usize, target: usize, columns: i32): void {
  if (columns == TILE_COLUMNS) {
    v128.store(target, f32x4.add(v128.load(target), v128.load(tileRow)));
    v128.store(target, f32x4.add(v128.load(target, 16), v128.load(tileRow, 16)), 16);
  } else {
    for (let column = 0; column < columns; column++) {
      const at = (<usize>column) << 2;
      store<f32>(target + at, load<f32>(target + at) + load<f32>(tileRow + at));
    }
  }
}
