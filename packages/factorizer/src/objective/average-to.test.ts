import { expectCloseArrays, expectNoLeak } from '@factornet/core/testing';
import { InvalidOptionError } from '@factornet/spec';
import { dispose, grad, setBackend, type Tensor, type Tensor4D, tensor, tidy } from '@tensorflow/tfjs';
import { beforeAll, describe, expect, it } from 'vitest';
import { averageMap, averageTo } from './average-to';

beforeAll(() => setBackend('cpu'));

const values = (size: number) => Array.from({ length: size }, (_, index) => Math.sin(index));
const mapOf = (height: number, width: number) =>
  tensor(values(2 * height * width * 3), [2, height, width, 3]) as Tensor4D;

/** Cell by cell, in plain numbers. */
function expected(height: number, width: number, rows: number, columns: number): number[] {
  const all = values(2 * height * width * 3);
  const means: number[] = [];
  for (let example = 0; example < 2; example++)
    for (let row = 0; row < rows; row++)
      for (let column = 0; column < columns; column++)
        for (let channel = 0; channel < 3; channel++) {
          let [sum, count] = [0, 0];
          for (let y = Math.floor((row * height) / rows); y < Math.ceil(((row + 1) * height) / rows); y++)
            for (
              let x = Math.floor((column * width) / columns);
              x < Math.ceil(((column + 1) * width) / columns);
              x++
            ) {
              sum += all[((example * height + y) * width + x) * 3 + channel] as number;
              count++;
            }
          means.push(sum / count);
        }
  return means;
}

describe('averageTo', () => {
  it.each([
    { height: 8, width: 8, positions: 2, shape: [2, 2, 2, 3] },
    { height: 4, width: 6, positions: 2, shape: [2, 2, 2, 3] },
    { height: 5, width: 7, positions: 2, shape: [2, 2, 2, 3] },
    { height: 5, width: 3, positions: 4, shape: [2, 4, 3, 3] },
    { height: 2, width: 1, positions: 4, shape: [2, 2, 1, 3] },
    { height: 3, width: 3, positions: 1, shape: [2, 1, 1, 3] },
  ])('averages $height × $width to at most $positions', async ({ height, width, positions, shape }) => {
    const map = mapOf(height, width);
    const read = averageTo(positions)(map);
    expect(read.shape).toEqual(shape);
    const [, rows, columns] = shape as [number, number, number, number];
    expectCloseArrays(await read.data(), expected(height, width, rows, columns), { absolute: 1e-6 });
    dispose([map, read]);
  });

  it('leaves vectors as they are, in a tensor of its own', async () => {
    const vectors = tensor(values(10), [2, 5]);
    const read = averageTo(2)(vectors);
    expect(read).not.toBe(vectors);
    expect(await read.array()).toEqual(await vectors.array());
    dispose([vectors, read]);
  });

  it('is one reading wherever it is asked for', () => {
    expect(averageTo(2)).toBe(averageTo(2));
    expect(averageTo(2)).not.toBe(averageTo(3));
  });

  it.each([
    [4, 4],
    [5, 3],
  ])('lets a gradient through to a map of %d × %d, the share of each position', async (height, width) => {
    const map = mapOf(height, width);
    const slopes = tidy(() => grad((given: Tensor) => averageMap(given as Tensor4D, [2, 2]).sum())(map));
    const sums = await slopes.sum().data();
    expect(sums[0]).toBeCloseTo(2 * 2 * 2 * 3, 4);
    dispose([map, slopes]);
  });

  it('refuses other numbers of positions', () => {
    for (const positions of [0, 1.5, Number.NaN]) {
      expect(() => averageTo(positions)).toThrow(InvalidOptionError);
    }
  });

  it('leaves no tensor behind', () =>
    expectNoLeak(() => {
      const map = mapOf(5, 7);
      dispose([averageTo(2)(map), averageTo(9)(map), map]);
    }));
});
