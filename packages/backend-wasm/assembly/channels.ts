/** Rows that are summed in registers before they join the total: two levels of sums keep float32 exact. */
const SUM_BLOCK: i32 = 128;

/**
 * `sums[c] = factor · Σ_r x[r, c]` for `x [rows, channels]`.
 *
 * @param totals zeros, `[channels]`
 */
export function sumRows(x: usize, rows: i32, channels: i32, factor: f32, totals: usize): void {
  const rowBytes = (<usize>channels) << 2;
  for (let first = 0; first < rows; first += SUM_BLOCK) {
    const count = min(SUM_BLOCK, rows - first);
    const block = x + <usize>first * rowBytes;
    let channel = 0;
    for (; channel + 16 <= channels; channel += 16) {
      let at = block + ((<usize>channel) << 2);
      let s0 = f32x4.splat(0);
      let s1 = s0;
      let s2 = s0;
      let s3 = s0;
      for (let row = 0; row < count; row++) {
        s0 = f32x4.add(s0, v128.load(at));
        s1 = f32x4.add(s1, v128.load(at, 16));
        s2 = f32x4.add(s2, v128.load(at, 32));
        s3 = f32x4.add(s3, v128.load(at, 48));
        at += rowBytes;
      }
      const total = totals + ((<usize>channel) << 2);
      v128.store(total, f32x4.add(v128.load(total), s0));
      v128.store(total, f32x4.add(v128.load(total, 16), s1), 16);
      v128.store(total, f32x4.add(v128.load(total, 32), s2), 32);
      v128.store(total, f32x4.add(v128.load(total, 48), s3), 48);
    }
    for (; channel + 4 <= channels; channel += 4) {
      let at = block + ((<usize>channel) << 2);
      let sum = f32x4.splat(0);
      for (let row = 0; row < count; row++) {
        sum = f32x4.add(sum, v128.load(at));
        at += rowBytes;
      }
      const total = totals + ((<usize>channel) << 2);
      v128.store(total, f32x4.add(v128.load(total), sum));
    }
    for (; channel < channels; channel++) {
      let at = block + ((<usize>channel) << 2);
      let sum: f32 = 0;
      for (let row = 0; row < count; row++) {
        sum += load<f32>(at);
        at += rowBytes;
      }
      const total = totals + ((<usize>channel) << 2);
      store<f32>(total, load<f32>(total) + sum);
    }
  }
  for (let channel = 0; channel < channels; channel++) {
    const total = totals + ((<usize>channel) << 2);
    store<f32>(total, load<f32>(total) * factor);
  }
}

/**
 * `products[c] = Σ_r dy[r, c] · (x[r, c] − mean[c])`: what the gradients of a batch normalization's variance and
 * scale have in common.
 *
 * @param products zeros, `[channels]`
 */
export function sumCentredProducts(
  dy: usize,
  x: usize,
  mean: usize,
  rows: i32,
  channels: i32,
  products: usize,
): void {
  const rowBytes = (<usize>channels) << 2;
  for (let first = 0; first < rows; first += SUM_BLOCK) {
    const count = min(SUM_BLOCK, rows - first);
    const start = <usize>first * rowBytes;
    let channel = 0;
    for (; channel + 8 <= channels; channel += 8) {
      const shift = (<usize>channel) << 2;
      let at = start + shift;
      const m0 = v128.load(mean + shift);
      const m1 = v128.load(mean + shift, 16);
      let s0 = f32x4.splat(0);
      let s1 = f32x4.splat(0);
      for (let row = 0; row < count; row++) {
        s0 = f32x4.add(s0, f32x4.mul(v128.load(dy + at), f32x4.sub(v128.load(x + at), m0)));
        s1 = f32x4.add(s1, f32x4.mul(v128.load(dy + at, 16), f32x4.sub(v128.load(x + at, 16), m1)));
        at += rowBytes;
      }
      const total = products + shift;
      v128.store(total, f32x4.add(v128.load(total), s0));
      v128.store(total, f32x4.add(v128.load(total, 16), s1), 16);
    }
    for (; channel < channels; channel++) {
      const shift = (<usize>channel) << 2;
      let at = start + shift;
      const centre = load<f32>(mean + shift);
      let sum: f32 = 0;
      for (let row = 0; row < count; row++) {
        sum += load<f32>(dy + at) * (load<f32>(x + at) - centre);
        at += rowBytes;
      }
      store<f32>(products + shift, load<f32>(products + shift) + sum);
    }
  }
}

/** `y[r, c] = (x[r, c] − shift[c]) · factor[c] + offset[c]`; y may be x. */
export function scaleRows(
  x: usize,
  rows: i32,
  channels: i32,
  shift: usize,
  factor: usize,
  offset: usize,
  y: usize,
): void {
  const whole = channels & ~3;
  for (let row = 0; row < rows; row++) {
    let channel = 0;
    for (; channel < whole; channel += 4) {
      const at = (<usize>channel) << 2;
      const centred = f32x4.sub(v128.load(x + at), v128.load(shift + at));
      v128.store(y + at, f32x4.add(f32x4.mul(centred, v128.load(factor + at)), v128.load(offset + at)));
    }
    for (; channel < channels; channel++) {
      const at = (<usize>channel) << 2;
      store<f32>(
        y + at,
        (load<f32>(x + at) - load<f32>(shift + at)) * load<f32>(factor + at) + load<f32>(offset + at),
      );
    }
    x += (<usize>channels) << 2;
    y += (<usize>channels) << 2;
  }
}
