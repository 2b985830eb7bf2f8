import { describe, expect, it } from 'vitest';
import { probePictures } from './probe-pictures';

describe('probePictures', () => {
  it('are the same every time, use the range of a byte, and differ from each other', () => {
    const shape = { shape: [16, 12, 3] as [number, number, number] };
    const two = probePictures(shape, 2);
    expect(two).toEqual(probePictures(shape, 3).slice(0, two.length));
    expect(two.slice(0, two.length / 2)).not.toEqual(two.slice(two.length / 2));
    expect(Math.max(...two) - Math.min(...two)).toBeGreaterThan(128);
    // Smooth: a pixel differs from the one below by little against the range.
    const row = 12 * 3;
    const steps = Array.from(two.slice(row, two.length / 2), (value, index) =>
      Math.abs(value - (two[index] as number)),
    );
    expect(Math.max(...steps)).toBeLessThan(64);
  });

  it('of one pixel is a picture, too', () => {
    expect(probePictures({ shape: [1, 1, 1] }, 1)).toHaveLength(1);
  });
});
