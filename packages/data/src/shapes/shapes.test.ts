import { integrityOf } from '@factornet/core/internal';
import { InvalidOptionError } from '@factornet/spec';
import { expect, test } from 'vitest';
import { type ShapesDataset, shapes } from './shapes';

const factorTasks = ['shape', 'object-hue', 'size', 'background-hue'] as const;

test('draws the same pictures on every machine', async () => {
  const { images } = await shapes({ size: 8, seed: 7 }).read([0, 1, 2, 3, 4, 5, 6, 7]);
  const bytes = Uint8Array.from(images, (value) => Math.round(value * 255));
  expect(await integrityOf(bytes)).toBe(
    'sha512-NOYIVVTYa2nuC5wSOnOGoPEvQ6qQDFxDUKvcV1FHQ/O1fObfV9+NTxZ3ATg9W5ym5f7ZRMFS/je7V1dfri5Gbw==',
  );
});

test('keeps every value a whole number of 255ths', async () => {
  const { images } = await shapes({ size: 4, seed: 3 }).read([2]);
  expect(images.every((value) => Math.fround(Math.round(value * 255) / 255) === value)).toBe(true);
});

test('gives an example that depends neither on what was read before nor on the size of the dataset', async () => {
  const alone = await shapes({ size: 10, seed: 5 }).read([9]);
  const longer = shapes({ size: 300, seed: 5 });
  const among = await longer.read([200, 9, 3, 9]);
  const length = 32 * 32 * 3;
  expect(among.images.subarray(length, 2 * length)).toEqual(alone.images);
  expect(among.images.subarray(3 * length)).toEqual(alone.images);
  expect(among.labels.shape?.[1]).toBe(alone.labels.shape?.[0]);
});

test('draws other pictures for another seed', async () => {
  const [one, other] = await Promise.all([1, 2].map((seed) => shapes({ size: 1, seed }).read([0])));
  expect(one?.images).not.toEqual(other?.images);
});

test('draws labels uniformly and independently', () => {
  const dataset = shapes({ size: 20_000, seed: 11 });
  const joint = new Map<string, number>();
  for (let index = 0; index < dataset.size; index++) {
    const { labels } = dataset.factors(index);
    const key = factorTasks.map((task) => labels[task]).join();
    joint.set(key, (joint.get(key) ?? 0) + 1);
  }
  // χ² of the whole joint distribution against 5 · 8 · 3 · 8 equal cells: mean 959, standard deviation 44.
  const cells = 5 * 8 * 3 * 8;
  const expected = dataset.size / cells;
  const seen = [...joint.values()].reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0);
  const chiSquare = seen + (cells - joint.size) * expected;
  expect(chiSquare).toBeGreaterThan(959 - 4 * 44);
  expect(chiSquare).toBeLessThan(959 + 4 * 44);
});

test('draws nuisances that say nothing about the shape', () => {
  const dataset = shapes({ size: 5_000, seed: 2 });
  const distances: number[][] = [[], [], [], [], []];
  for (let index = 0; index < dataset.size; index++) {
    const { labels, x, y, brightness } = dataset.factors(index);
    distances[labels.shape]?.push(Math.abs(x - 16) + Math.abs(y - 16) + 10 * brightness);
  }
  const means = distances.map((values) => values.reduce((sum, value) => sum + value, 0) / values.length);
  // Standard error of each mean: about 0.1.
  expect(Math.max(...means) - Math.min(...means)).toBeLessThan(0.5);
});

test('keeps the object inside the picture, visible, and of an area that depends on its size alone', async () => {
  const dataset = shapes({ size: 600, seed: 4, noise: 0, rotation: 180, brightness: [1, 1] });
  for (let index = 0; index < dataset.size; index++) {
    const { area, onBorder } = await measureObject(dataset, index);
    expect(onBorder).toBe(0);
    expect(area / (Math.PI * dataset.factors(index).radius ** 2)).toBeCloseTo(1, 1);
  }
});

test('tells every option in its name', () => {
  const name = shapes({ size: 5, seed: 1 }).name;
  expect(name).toBe(shapes({ size: 5, seed: 1, noise: 0.04 }).name);
  const others = [{ noise: 0.1 }, { rotation: 90 }, { position: 0.5 }, { hueJitter: 3 }, { imageSize: 48 }];
  for (const option of others) expect(shapes({ size: 5, seed: 1, ...option }).name).not.toBe(name);
});

test.each([
  { size: 0 },
  { seed: 0.5 },
  { noise: -1 },
  { noise: Number.NaN },
  { hueJitter: 23 },
  { brightness: [1, 0.5] as const },
  { radii: { small: [0.1, 0.2], medium: [0.15, 0.22], large: [0.25, 0.27] } as const },
  { radii: { small: [0.1, 0.2], medium: [0.21, 0.22], large: [0.25, 0.4] } as const },
])('refuses %o', (options) => {
  expect(() => shapes({ size: 5, seed: 1, ...options })).toThrow(InvalidOptionError);
});

/** Area of the object in pixels, from how far each pixel has gone from background towards object colour. */
async function measureObject(dataset: ShapesDataset, index: number) {
  const { images } = await dataset.read([index]);
  const { x, y } = dataset.factors(index);
  const side = 32;
  const at = (column: number, row: number) =>
    images.subarray((row * side + column) * 3, (row * side + column) * 3 + 3);
  const [background, object] = [at(0, 0), at(Math.floor(x), Math.floor(y))];
  const square = (one: Float32Array, other: Float32Array) =>
    one.reduce((sum, value, channel) => sum + (value - (other[channel] as number)) ** 2, 0);
  const contrast = square(object, background);
  expect(contrast).toBeGreaterThan(0.3);
  let area = 0;
  let onBorder = 0;
  for (let row = 0; row < side; row++) {
    for (let column = 0; column < side; column++) {
      const cover = Math.sqrt(square(at(column, row), background) / contrast);
      area += cover;
      if (Math.min(row, column, side - 1 - row, side - 1 - column) === 0) onBorder += cover;
    }
  }
  return { area, onBorder };
}
