import { dispose, tidy } from '@tensorflow/tfjs';
import { beforeEach, describe, expect, it } from 'vitest';
import { useBackend } from '../../backend/use-backend';
import { type NoiseOptions, seededNoise } from './seeded-noise';

async function draw(rows: number, options?: NoiseOptions, length = 3): Promise<number[][]> {
  const drawn = tidy(() => seededNoise(options)([rows, length]));
  const values = await drawn.array();
  dispose(drawn);
  return values;
}

describe.each(['cpu', 'wasm'] as const)('seededNoise on %s', (backend) => {
  beforeEach(async () => {
    await useBackend(backend);
  });

  it('gives a row by its place alone, however many are drawn', async () => {
    const all = await draw(6, { seed: 5, key: 'shape' });
    expect(await draw(2, { seed: 5, key: 'shape', start: 3 })).toEqual(all.slice(3, 5));
    expect(await draw(1, { seed: 5, key: 'shape' })).toEqual(all.slice(0, 1));
    expect(await draw(0)).toEqual([]);
  });

  it('gives others by another seed, key and place', async () => {
    const drawn = await Promise.all(
      [{}, { seed: 1 }, { seed: -1 }, { key: 'a' }, { key: 'b' }, { start: 1 }].map((each) => draw(1, each)),
    );
    expect(new Set(drawn.map((each) => JSON.stringify(each))).size).toBe(6);
  });
});

it('seededNoise draws standard normals, whose rows tell nothing of each other', async () => {
  await useBackend('cpu');
  const rows = await draw(4000);
  const values = rows.flat();
  const mean = (numbers: readonly number[]) =>
    numbers.reduce((sum, value) => sum + value, 0) / numbers.length;
  // Five standard errors: of a mean 1/√n, of a mean square √(2/n).
  expect(Math.abs(mean(values))).toBeLessThan(5 / Math.sqrt(12_000));
  expect(Math.abs(mean(values.map((value) => value ** 2)) - 1)).toBeLessThan(5 * Math.sqrt(2 / 12_000));
  const next = rows.slice(1).map((row, index) => (row[0] as number) * (rows[index]?.[0] as number));
  expect(Math.abs(mean(next))).toBeLessThan(5 / Math.sqrt(4000));
});
