import { ADDRESS_BLOCK, Window, writeAddresses, writeTapAddresses } from './window';

/**
 * The gradient of pooling, by windows that may overlap: `dx[pixel(p, tap)] += dy[p] · share`, where the share is
 * one over the number of the window's pixels (average), or 1 for the first of the largest pixels and 0 for the others.
 * Padding counts as pixels, up to `height` and `width`; what a size that was rounded up shows behind that does not.
 *
 * @param window where each position looks in x; its `zeros` must be 0, so that taps outside can be told
 * @param upstream where each position's dy lies: a window with a single tap
 * @param shift bytes from a pixel of x to that of dx
 * @param height where the padding below x ends, in rows of x; `width` likewise
 */
export function poolingGradient(
  window: Window,
  upstream: Window,
  images: i32,
  channels: i32,
  shift: i32,
  isAverage: bool,
  height: i32,
  width: i32,
  scratch: usize,
): void {
  const positions = images * window.gridHeight * window.gridWidth;
  const taps = window.tapRowCount * window.tapColumnCount;
  const tapBytes: usize = (<usize>ADDRESS_BLOCK) << 2;
  const addresses = scratch + tapBytes;
  const firstRow = load<i32>(window.taps);
  const firstColumn = load<i32>(window.taps + ((<usize>window.tapRowCount) << 2));
  for (let first = 0; first < positions; first += ADDRESS_BLOCK) {
    const count = min(ADDRESS_BLOCK, positions - first);
    writeAddresses(upstream, load<i32>(upstream.taps), load<i32>(upstream.taps, 4), first, count, scratch);
    writeTapAddresses(window, first, count, addresses, tapBytes);
    for (let index = 0; index < count; index++) {
      const at = (<usize>index) << 2;
      const dy = <usize>load<u32>(scratch + at);
      const end = addresses + at + <usize>taps * tapBytes;
      if (isAverage) {
        const position = first + index;
        const row = ((position / window.gridWidth) % window.gridHeight) * window.stepHeight + firstRow;
        const column = (position % window.gridWidth) * window.stepWidth + firstColumn;
        const pixels = min(window.tapRowCount, height - row) * min(window.tapColumnCount, width - column);
        spreadEvenly(addresses + at, end, tapBytes, channels, dy, <usize>shift, 1 / <f32>pixels);
      } else spreadToMaximum(addresses + at, end, tapBytes, channels, dy, <usize>shift);
    }
  }
}

function spreadToMaximum(
  addresses: usize,
  end: usize,
  tapBytes: usize,
  channels: i32,
  dy: usize,
  shift: usize,
): void {
  let channel = 0;
  for (; channel + 4 <= channels; channel += 4) {
    const at = (<usize>channel) << 2;
    let largest = f32x4.splat(-Infinity);
    for (let list = addresses; list < end; list += tapBytes) {
      const pixel = <usize>load<u32>(list);
      if (pixel == 0) continue;
      const value = v128.load(pixel + at);
      largest = v128.bitselect(value, largest, f32x4.gt(value, largest));
    }
    let rest = v128.load(dy + at);
    for (let list = addresses; list < end; list += tapBytes) {
      const pixel = <usize>load<u32>(list);
      if (pixel == 0) continue;
      const isLargest = f32x4.eq(v128.load(pixel + at), largest);
      const target = pixel + shift + at;
      v128.store(target, f32x4.add(v128.load(target), v128.and(rest, isLargest)));
      rest = v128.andnot(rest, isLargest);
    }
  }
  for (; channel < channels; channel++) {
    const at = (<usize>channel) << 2;
    let largest: f32 = -Infinity;
    let target: usize = 0;
    for (let list = addresses; list < end; list += tapBytes) {
      const pixel = <usize>load<u32>(list);
      if (pixel == 0) continue;
      const value = load<f32>(pixel + at);
      if (value > largest) {
        largest = value;
        target = pixel + shift + at;
      }
    }
    if (target != 0) store<f32>(target, load<f32>(target) + load<f32>(dy + at));
  }
}

function spreadEvenly(
  addresses: usize,
  end: usize,
  tapBytes: usize,
  channels: i32,
  dy: usize,
  shift: usize,
  factor: f32,
): void {
  const factors = f32x4.splat(factor);
  const whole = channels & ~3;
  for (let list = addresses; list < end; list += tapBytes) {
    const pixel = <usize>load<u32>(list);
    if (pixel == 0) continue;
    const target = pixel + shift;
    let channel = 0;
    for (; channel < whole; channel += 4) {
      const at = (<usize>channel) << 2;
      const share = f32x4.mul(v128.load(dy + at), factors);
      v128.store(target + at, f32x4.add(v128.load(target + at), share));
    }
    for (; channel < channels; channel++) {
      const at = (<usize>channel) << 2;
      store<f32>(target + at, load<f32>(target + at) + load<f32>(dy + at) * factor);
    }
  }
}
