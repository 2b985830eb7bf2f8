import { expectCloseArrays } from '@factornet/core/testing';
import { ones, range, setBackend, tidy } from '@tensorflow/tfjs';
import { beforeAll, expect, it } from 'vitest';
import { cellMeans } from './tap-maps';

beforeAll(() => setBackend('cpu'));

const shapeOf = (shape: number[]) => tidy(() => cellMeans(ones(shape)).shape);

it('keeps the finest grid that 512 numbers allow, 4 × 4 at most, and no finer than the map', () => {
  expect(shapeOf([2, 8, 8, 32])).toEqual([2, 512]);
  expect(shapeOf([2, 8, 8, 33])).toEqual([2, 9 * 33]);
  expect(shapeOf([2, 4, 4, 96])).toEqual([2, 4 * 96]);
  expect(shapeOf([2, 7, 7, 1280])).toEqual([2, 1280]);
  expect(shapeOf([2, 3, 2, 4])).toEqual([2, 16]);
  expect(shapeOf([2, 1, 1, 4])).toEqual([2, 4]);
  expect(shapeOf([2, 64])).toEqual([2, 64]);
});

it('means over cells that cover every position, overlapping where they have to', async () => {
  // 5 × 5 in 4 × 4 cells: windows of 2 × 2, one apart.
  const [even, odd] = tidy(() => [
    cellMeans(range(0, 64).reshape([1, 8, 8, 1])),
    cellMeans(range(0, 25).reshape([1, 5, 5, 1])),
  ]) as [ReturnType<typeof cellMeans>, ReturnType<typeof cellMeans>];
  // The cell of rows 2, 3 and columns 4, 5 has the mean of 20, 21, 28, 29.
  expect((await even.data())[6]).toBeCloseTo(24.5, 5);
  expectCloseArrays((await odd.data()).slice(0, 4), [3, 4, 5, 6], { absolute: 1e-5 });
  expect((await odd.data())[15]).toBeCloseTo((18 + 19 + 23 + 24) / 4, 5);
  even.dispose();
  odd.dispose();
});
