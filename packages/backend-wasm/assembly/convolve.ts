import { packPanels } from './panels';
import {
  addTileRow,
  outerTile,
  PANEL_ROW_BYTES,
  productTile,
  storeTileRow,
  TILE_BYTES,
  TILE_COLUMNS,
  TILE_ROWS,
} from './tile';
import { Window, writeAddresses, writeTapAddresses } from './window';

/** Positions whose pixels' addresses are written down at a time. */
const PRODUCT_BLOCK: i32 = 64;
/** Positions summed in registers before the sums go to memory: a panel of them fills a quarter of the L1 cache. */
const OUTER_BLOCK: i32 = 256;

/** Bytes of scratch memory that {@link convolve} needs. */
export function convolveScratchBytes(taps: i32): usize {
  return TILE_BYTES + <usize>(taps + 1) * ((<usize>PRODUCT_BLOCK) << 2);
}

/**
 * `output[p] = limit(bias + Σ_tap pixel(p, tap) · B_tap)` for all positions p: a convolution without a copy of the
 * pictures (Dukhan 2019, "The Indirect Convolution Algorithm", arXiv 1907.02129).
 *
 * @param window where each position looks; its pixels have `depth` channels
 * @param target where each position writes: a window with the single tap (0, 0)
 * @param bias `[8 · ⌈columns / 8⌉]`
 * @param low and `high`: the activation's range, ±Infinity for none
 * @param panels B as `[⌈columns / 8⌉][taps][depth][8]`
 */
export function convolve(
  window: Window,
  target: Window,
  images: i32,
  depth: i32,
  panels: usize,
  columns: i32,
  bias: usize,
  low: f32,
  high: f32,
  scratch: usize,
): void {
  const lowest = f32x4.splat(low);
  const highest = f32x4.splat(high);
  const positions = images * window.gridHeight * window.gridWidth;
  const taps = window.tapRowCount * window.tapColumnCount;
  const targetRow = load<i32>(target.taps);
  const targetColumn = load<i32>(target.taps, 4);
  const panelBytes = <usize>(taps * depth) * PANEL_ROW_BYTES;
  const tapBytes: usize = (<usize>PRODUCT_BLOCK) << 2;
  const tile = scratch;
  const outputs = scratch + TILE_BYTES;
  const addresses = outputs + tapBytes;
  for (let first = 0; first < positions; first += PRODUCT_BLOCK) {
    const count = min(PRODUCT_BLOCK, positions - first);
    writeAddresses(target, targetRow, targetColumn, first, count, outputs);
    writeTapAddresses(window, first, count, addresses, tapBytes);
    // The last tile may have fewer rows; the others repeat its last one.
    for (let tap = 0; tap < taps; tap++) {
      const list = addresses + <usize>tap * tapBytes;
      for (let rest = count; (rest & (TILE_ROWS - 1)) != 0; rest++) {
        store<u32>(list + ((<usize>rest) << 2), load<u32>(list + ((<usize>(count - 1)) << 2)));
      }
    }
    let panel = panels;
    for (let column = 0; column < columns; column += TILE_COLUMNS) {
      const shift = (<usize>column) << 2;
      const width = min(TILE_COLUMNS, columns - column);
      for (let row = 0; row < count; row += TILE_ROWS) {
        productTile(addresses + ((<usize>row) << 2), tapBytes, taps, depth, panel, tile);
        const rowCount = min(TILE_ROWS, count - row);
        for (let r = 0; r < rowCount; r++) {
          const output = <usize>load<u32>(outputs + ((<usize>(row + r)) << 2)) + shift;
          storeTileRow(tile + <usize>r * PANEL_ROW_BYTES, output, width, bias + shift, lowest, highest);
        }
      }
      panel += panelBytes;
    }
  }
}

/** Bytes of scratch memory that {@link convolveFilter} needs. */
export function convolveFilterScratchBytes(columns: i32): usize {
  const panelCount = (columns + TILE_COLUMNS - 1) / TILE_COLUMNS;
  return TILE_BYTES + ((<usize>OUTER_BLOCK) << 2) + <usize>(panelCount * OUTER_BLOCK) * PANEL_ROW_BYTES;
}

/**
 * `filter[tap] += Σ_p pixel(p, tap)ᵀ · gradient[p]`, `[taps][depth][columns]`: the filter's gradient.
 *
 * @param window where each position looks; its pixels have `depth` channels
 * @param gradient `[positions][columns]`
 * @param filter zeros, or what to add to
 */
export function convolveFilter(
  window: Window,
  images: i32,
  depth: i32,
  gradient: usize,
  columns: i32,
  filter: usize,
  scratch: usize,
): void {
  const positions = images * window.gridHeight * window.gridWidth;
  const tapRows = window.taps;
  const tapColumns = tapRows + ((<usize>window.tapRowCount) << 2);
  const columnBytes = (<usize>columns) << 2;
  const tile = scratch;
  const addresses = scratch + TILE_BYTES;
  const panels = addresses + ((<usize>OUTER_BLOCK) << 2);
  for (let first = 0; first < positions; first += OUTER_BLOCK) {
    const count = min(OUTER_BLOCK, positions - first);
    const panelBytes = <usize>count * PANEL_ROW_BYTES;
    packPanels(gradient + <usize>first * columnBytes, count, columns, columnBytes, panels, panelBytes);
    let target = filter;
    for (let i = 0; i < window.tapRowCount; i++) {
      const tapRow = load<i32>(tapRows + ((<usize>i) << 2));
      for (let j = 0; j < window.tapColumnCount; j++) {
        writeAddresses(window, tapRow, load<i32>(tapColumns + ((<usize>j) << 2)), first, count, addresses);
        for (let row = 0; row < depth; row += TILE_ROWS) {
          const rowCount = min(TILE_ROWS, depth - row);
          let panel = panels;
          for (let column = 0; column < columns; column += TILE_COLUMNS) {
            outerTile(addresses, count, (<usize>row) << 2, panel, tile);
            const width = min(TILE_COLUMNS, columns - column);
            for (let r = 0; r < rowCount; r++) {
              addTileRow(
                tile + <usize>r * PANEL_ROW_BYTES,
                target + <usize>r * columnBytes + ((<usize>column) << 2),
                width,
              );
            }
            panel += panelBytes;
          }
          target += <usize>rowCount * columnBytes;
        }
      }
    }
  }
}
