import { PANEL_ROW_BYTES, TILE_COLUMNS } from './tile';

/**
 * Rearranges B `[rows, columns]` into panels of eight columns, `[⌈columns / 8⌉][rows][8]`, filled up with
 * zeros, so that a tile reads B in order.
 *
 * @param rowBytes from one row of B to the next
 * @param panelBytes from one panel to the next
 */
export function packPanels(
  b: usize,
  rows: i32,
  columns: i32,
  rowBytes: usize,
  panels: usize,
  panelBytes: usize,
): void {
  for (let first = 0; first < columns; first += TILE_COLUMNS) {
    let source = b + ((<usize>first) << 2);
    let target = panels;
    panels += panelBytes;
    const count = min(TILE_COLUMNS, columns - first);
    if (count == TILE_COLUMNS) {
      for (let row = 0; row < rows; row++) {
        v128.store(target, v128.load(source));
        v128.store(target, v128.load(source, 16), 16);
        source += rowBytes;
        target += PANEL_ROW_BYTES;
      }
    } else {
      for (let row = 0; row < rows; row++) {
        for (let column = 0; column < TILE_COLUMNS; column++) {
          const at = (<usize>column) << 2;
          store<f32>(target + at, column < count ? load<f32>(source + at) : 0);
        }
        source += rowBytes;
        target += PANEL_ROW_BYTES;
      }
    }
  }
}

/** The same for a B that lies transposed in memory: `[columns, rows]`, `rowBytes` from one column to the next. */
export function packTransposedPanels(
  b: usize,
  rows: i32,
  columns: i32,
  rowBytes: usize,
  panels: usize,
  panelBytes: usize,
): void {
  const whole = rows & ~3;
  for (let first = 0; first < columns; first += TILE_COLUMNS) {
    const count = min(TILE_COLUMNS, columns - first);
    const source = b + <usize>first * rowBytes;
    const target = panels;
    panels += panelBytes;
    let row = 0;
    if (count == TILE_COLUMNS) {
      for (; row < whole; row += 4) {
        const at = ((<usize>row) << 2) + source;
        const to = target + <usize>row * PANEL_ROW_BYTES;
        transposeFour(at, rowBytes, to);
        transposeFour(at + 4 * rowBytes, rowBytes, to + 16);
      }
    }
    for (; row < rows; row++) {
      const to = target + <usize>row * PANEL_ROW_BYTES;
      for (let column = 0; column < TILE_COLUMNS; column++) {
        const at = source + <usize>column * rowBytes + ((<usize>row) << 2);
        store<f32>(to + ((<usize>column) << 2), column < count ? load<f32>(at) : 0);
      }
    }
  }
}

/** A 4 × 4 block, transposed into the left or right half of four panel rows. */
function transposeFour(source: usize, rowBytes: usize, target: usize): void {
  const r0 = v128.load(source);
  const r1 = v128.load(source + rowBytes);
  const r2 = v128.load(source + 2 * rowBytes);
  const r3 = v128.load(source + 3 * rowBytes);
  const low01 = v128.shuffle<f32>(r0, r1, 0, 4, 1, 5);
  const high01 = v128.shuffle<f32>(r0, r1, 2, 6, 3, 7);
  const low23 = v128.shuffle<f32>(r2, r3, 0, 4, 1, 5);
  const high23 = v128.shuffle<f32>(r2, r3, 2, 6, 3, 7);
  v128.store(target, v128.shuffle<f32>(low01, low23, 0, 1, 4, 5));
  v128.store(target, v128.shuffle<f32>(low01, low23, 2, 3, 6, 7), PANEL_ROW_BYTES);
  v128.store(target, v128.shuffle<f32>(high01, high23, 0, 1, 4, 5), 2 * PANEL_ROW_BYTES);
  v128.store(target, v128.shuffle<f32>(high01, high23, 2, 3, 6, 7), 3 * PANEL_ROW_BYTES);
}
