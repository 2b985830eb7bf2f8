import { ADDRESS_BLOCK, Window, writeAddresses, writeTapAddresses } from './window';

/**
 * `filter[tap, c] += Σ_p pixel(p, tap)[c] · gradient[p, c]`: the filter's gradient.
 *
 * @param gradient `[positions][channels]`
 * @param filter zeros, or what to add to: `[taps][channels]`
 */
export function depthwiseFilterGradient(
  window: Window,
  images: i32,
  channels: i32,
  gradient: usize,
  filter: usize,
  scratch: usize,
): void {
  const positions = images * window.gridHeight * window.gridWidth;
  const channelBytes = (<usize>channels) << 2;
  const tapColumns = window.taps + ((<usize>window.tapRowCount) << 2);
  for (let first = 0; first < positions; first += ADDRESS_BLOCK) {
    const count = min(ADDRESS_BLOCK, positions - first);
    const block = gradient + <usize>first * channelBytes;
    let target = filter;
    for (let i = 0; i < window.tapRowCount; i++) {
      const tapRow = load<i32>(window.taps + ((<usize>i) << 2));
      for (let j = 0; j < window.tapColumnCount; j++) {
        writeAddresses(window, tapRow, load<i32>(tapColumns + ((<usize>j) << 2)), first, count, scratch);
        sumProducts(scratch, count, channels, block, target);
        target += channelBytes;
      }
    }
  }
}

/** `sums[c] += Σ_i pixels[i][c] · gradient[i][c]`. */
function sumProducts(addresses: usize, count: i32, channels: i32, gradient: usize, sums: usize): void {
  const channelBytes = (<usize>channels) << 2;
  const end = addresses + ((<usize>count) << 2);
  let channel = 0;
  for (; channel + 8 <= channels; channel += 8) {
    const shift = (<usize>channel) << 2;
    let s0 = f32x4.splat(0);
    let s1 = f32x4.splat(0);
    let dy = gradient + shift;
    for (let list = addresses; list < end; list += 4) {
      const pixel = <usize>load<u32>(list) + shift;
      s0 = f32x4.add(s0, f32x4.mul(v128.load(pixel), v128.load(dy)));
      s1 = f32x4.add(s1, f32x4.mul(v128.load(pixel, 16), v128.load(dy, 16)));
      dy += channelBytes;
    }
    v128.store(sums + shift, f32x4.add(v128.load(sums + shift), s0));
    v128.store(sums + shift, f32x4.add(v128.load(sums + shift, 16), s1), 16);
  }
  for (; channel < channels; channel++) {
    const shift = (<usize>channel) << 2;
    let sum: f32 = 0;
    let dy = gradient + shift;
    for (let list = addresses; list < end; list += 4) {
      sum += load<f32>(<usize>load<u32>(list) + shift) * load<f32>(dy);
      dy += channelBytes;
    }
    store<f32>(sums + shift, load<f32>(sums + shift) + sum);
  }
}

/**
 * `output[p, c] = Σ_tap pixel(p, tap)[c] · filter[tap, c]`: a depthwise convolution, or one phase of its
 * input's gradient.
 *
 * @param target where each position writes: a window with a single tap
 * @param filter `[taps][channels]`, in the order of the window's taps
 */
export function depthwiseConvolve(
  window: Window,
  target: Window,
  images: i32,
  channels: i32,
  filter: usize,
  scratch: usize,
): void {
  const positions = images * window.gridHeight * window.gridWidth;
  const channelBytes = (<usize>channels) << 2;
  const taps = window.tapRowCount * window.tapColumnCount;
  const tapBytes: usize = (<usize>ADDRESS_BLOCK) << 2;
  const addresses = scratch + tapBytes;
  const targetRow = load<i32>(target.taps);
  const targetColumn = load<i32>(target.taps, 4);
  for (let first = 0; first < positions; first += ADDRESS_BLOCK) {
    const count = min(ADDRESS_BLOCK, positions - first);
    writeAddresses(target, targetRow, targetColumn, first, count, scratch);
    writeTapAddresses(window, first, count, addresses, tapBytes);
    for (let index = 0; index < count; index++) {
      const at = (<usize>index) << 2;
      weighPixels(
        addresses + at,
        taps,
        tapBytes,
        channels,
        filter,
        channelBytes,
        <usize>load<u32>(scratch + at),
      );
    }
  }
}

/** `output[c] = Σ_tap pixels[tap][c] · filter[tap, c]` for one position. */
function weighPixels(
  addresses: usize,
  taps: i32,
  tapBytes: usize,
  channels: i32,
  filter: usize,
  channelBytes: usize,
  output: usize,
): void {
  const end = addresses + <usize>taps * tapBytes;
  let channel = 0;
  for (; channel + 8 <= channels; channel += 8) {
    const shift = (<usize>channel) << 2;
    let factors = filter + shift;
    let s0 = f32x4.splat(0);
    let s1 = f32x4.splat(0);
    for (let list = addresses; list < end; list += tapBytes) {
      const pixel = <usize>load<u32>(list) + shift;
      s0 = f32x4.add(s0, f32x4.mul(v128.load(pixel), v128.load(factors)));
      s1 = f32x4.add(s1, f32x4.mul(v128.load(pixel, 16), v128.load(factors, 16)));
      factors += channelBytes;
    }
    v128.store(output + shift, s0);
    v128.store(output + shift, s1, 16);
  }
  for (; channel < channels; channel++) {
    const shift = (<usize>channel) << 2;
    let factors = filter + shift;
    let sum: f32 = 0;
    for (let list = addresses; list < end; list += tapBytes) {
      sum += load<f32>(<usize>load<u32>(list) + shift) * load<f32>(factors);
      factors += channelBytes;
    }
    store<f32>(output + shift, sum);
  }
}
