/**
 * Copies pictures `[images][height][width · pixel]` into the middle of larger ones of zeros.
 *
 * @param target `[images][top + height + bottom][left + width + right]`, the sizes of a row in bytes
 */
export function padPictures(
  source: usize,
  images: i32,
  height: i32,
  rowBytes: usize,
  top: i32,
  bottom: i32,
  leftBytes: usize,
  rightBytes: usize,
  target: usize,
): void {
  const paddedRowBytes = leftBytes + rowBytes + rightBytes;
  const above = <usize>top * paddedRowBytes;
  const below = <usize>bottom * paddedRowBytes;
  for (let image = 0; image < images; image++) {
    memory.fill(target, 0, above);
    target += above;
    for (let row = 0; row < height; row++) {
      memory.fill(target, 0, leftBytes);
      memory.copy(target + leftBytes, source, rowBytes);
      memory.fill(target + leftBytes + rowBytes, 0, rightBytes);
      source += rowBytes;
      target += paddedRowBytes;
    }
    memory.fill(target, 0, below);
    target += below;
  }
}
