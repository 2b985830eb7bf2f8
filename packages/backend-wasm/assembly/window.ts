/**
 * Where a convolution looks: position (image, row, column) of a grid sees, for tap (i, j), the pixel
 * `(image, row · stepHeight + tapRows[i], column · stepWidth + tapColumns[j])` of the source, or zeros
 * outside of it. Forward convolutions, both their gradients and plain matrices are all such windows.
 */
@unmanaged
export class Window {
  source: usize;
  /** As many zeros as a pixel has channels; or 0, for kernels that pass over what is outside. */
  zeros: usize;
  sourceHeight: i32;
  sourceWidth: i32;
  /** From one pixel to the next; rows and images follow without a gap. */
  pixelBytes: i32;
  gridHeight: i32;
  gridWidth: i32;
  stepHeight: i32;
  stepWidth: i32;
  tapRowCount: i32;
  tapColumnCount: i32;
  /** `i32[tapRowCount]`, then `i32[tapColumnCount]`. */
  taps: usize;
}

/** Writes the addresses of the pixels that positions `first … first + count − 1` see through one tap. */
export function writeAddresses(
  window: Window,
  tapRow: i32,
  tapColumn: i32,
  first: i32,
  count: i32,
  addresses: usize,
): void {
  const gridWidth = window.gridWidth;
  const gridHeight = window.gridHeight;
  const sourceWidth = window.sourceWidth;
  const sourceHeight = window.sourceHeight;
  const stepHeight = window.stepHeight;
  const stepWidth = window.stepWidth;
  const zeros = window.zeros;
  const pixelBytes = <usize>window.pixelBytes;
  let column = first % gridWidth;
  const line = first / gridWidth;
  let row = line % gridHeight;
  let image = line / gridHeight;
  const end = addresses + ((<usize>count) << 2);
  while (addresses < end) {
    const y = row * stepHeight + tapRow;
    let x = column * stepWidth + tapColumn;
    const inRow = min(gridWidth - column, <i32>((end - addresses) >> 2));
    if (<u32>y >= <u32>sourceHeight) {
      for (let i = 0; i < inRow; i++) {
        store<u32>(addresses, <u32>zeros);
        addresses += 4;
      }
    } else {
      const line = window.source + <usize>(image * sourceHeight + y) * <usize>sourceWidth * pixelBytes;
      for (let i = 0; i < inRow; i++) {
        store<u32>(addresses, <u32>(<u32>x < <u32>sourceWidth ? line + <usize>x * pixelBytes : zeros));
        x += stepWidth;
        addresses += 4;
      }
    }
    column = 0;
    row++;
    if (row == gridHeight) {
      row = 0;
      image++;
    }
  }
}

/** Positions whose pixels' addresses the kernels without tiles write down at a time. */
export const ADDRESS_BLOCK: i32 = 32;

/** Bytes of scratch memory for the addresses of a block: one list per tap, and one of where to write or read. */
export function addressScratchBytes(taps: i32): usize {
  return (<usize>((taps + 1) * ADDRESS_BLOCK)) << 2;
}

/** {@link writeAddresses} for every tap of the window: a list each, `listBytes` from one to the next. */
export function writeTapAddresses(
  window: Window,
  first: i32,
  count: i32,
  lists: usize,
  listBytes: usize,
): void {
  const tapColumns = window.taps + ((<usize>window.tapRowCount) << 2);
  for (let i = 0; i < window.tapRowCount; i++) {
    const tapRow = load<i32>(window.taps + ((<usize>i) << 2));
    for (let j = 0; j < window.tapColumnCount; j++) {
      writeAddresses(window, tapRow, load<i32>(tapColumns + ((<usize>j) << 2)), first, count, lists);
      lists += listBytes;
    }
  }
}
