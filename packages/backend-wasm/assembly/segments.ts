/** `totals[ids[i]] += x[i]` for rows of x; ids outside `[0, segments)` are passed over. */
export function addSegments(x: usize, ids: usize, count: i32, size: i32, segments: i32, totals: usize): void {
  const whole = size & ~3;
  const rowBytes = (<usize>size) << 2;
  for (let index = 0; index < count; index++) {
    const id = load<i32>(ids + ((<usize>index) << 2));
    if (<u32>id < <u32>segments) {
      const row = x + <usize>index * rowBytes;
      const total = totals + <usize>id * rowBytes;
      let column = 0;
      for (; column < whole; column += 4) {
        const at = (<usize>column) << 2;
        v128.store(total + at, f32x4.add(v128.load(total + at), v128.load(row + at)));
      }
      for (; column < size; column++) {
        const at = (<usize>column) << 2;
        store<f32>(total + at, load<f32>(total + at) + load<f32>(row + at));
      }
    }
  }
}
