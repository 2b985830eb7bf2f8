/** `dx[i] = dy[i]` where `low ≤ x[i] ≤ high`, else 0; NaN where x is NaN. */
export function clippedGradient(dy: usize, x: usize, size: i32, low: f32, high: f32, dx: usize): void {
  const lowest = f32x4.splat(low);
  const highest = f32x4.splat(high);
  const whole = (<usize>(size & ~3)) << 2;
  let at: usize = 0;
  for (; at < whole; at += 16) {
    const value = v128.load(x + at);
    // Neither below nor above: true for NaN, too.
    const passes = v128.not(v128.or(f32x4.lt(value, lowest), f32x4.gt(value, highest)));
    const isNumber = f32x4.eq(value, value);
    const gradient = v128.bitselect(v128.load(dy + at), value, isNumber);
    v128.store(dx + at, v128.and(gradient, passes));
  }
  for (let index = size & ~3; index < size; index++, at += 4) {
    const value = load<f32>(x + at);
    store<f32>(dx + at, value >= low && value <= high ? load<f32>(dy + at) : value == value ? 0 : value);
  }
}

/** `y[i] = min(max(x[i], low), high)`, NaN where x is NaN; y may be x. */
export function clip(x: usize, size: i32, low: f32, high: f32, y: usize): void {
  const lowest = f32x4.splat(low);
  const highest = f32x4.splat(high);
  const whole = (<usize>(size & ~3)) << 2;
  let at: usize = 0;
  for (; at < whole; at += 16) {
    v128.store(y + at, f32x4.min(f32x4.max(v128.load(x + at), lowest), highest));
  }
  for (let index = size & ~3; index < size; index++, at += 4) {
    store<f32>(y + at, min(max(load<f32>(x + at), low), high));
  }
}

/** Whether any of the numbers is NaN. */
export function holdsNaN(x: usize, size: i32): bool {
  const whole = (<usize>(size & ~3)) << 2;
  let at: usize = 0;
  for (; at < whole; at += 16) {
    const value = v128.load(x + at);
    if (v128.any_true(f32x4.ne(value, value))) return true;
  }
  for (let index = size & ~3; index < size; index++, at += 4) {
    const value = load<f32>(x + at);
    if (value != value) return true;
  }
  return false;
}
