import { useBackend } from '@factornet/core';
import { featureMatrix } from '@factornet/core/samples';
import { randomStream } from '@factornet/core/training';
import { InvalidOptionError, ShapeMismatchError } from '@factornet/spec';
import { beforeAll, describe, expect, it } from 'vitest';
import { infoNCE } from '../bounds/info-nce';
import { separableCritic } from '../critics/separable-critic';
import { gaussianCopula } from '../sample-estimators/gaussian-copula';
import { gaussianPairs } from '../testing/gaussian-pairs';
import { findCopies } from './copied-pairs';
import { findKinships } from './deal-rows';
import { estimate } from './estimate';
import { makePlan } from './plan';

const random = randomStream(1, 'copies');
const independent = (rows: number, columns: number) =>
  Array.from({ length: rows }, () => Array.from({ length: columns }, random.normal));
const repeat = <Row>(rows: readonly Row[], times: number) =>
  Array.from({ length: rows.length * times }, (_, row) => rows[row % rows.length] as Row);
const counted = (first: Int32Array) => first.filter((earlier, row) => earlier !== row).length;
const quick = {
  estimator: infoNCE(),
  critic: separableCritic({ hidden: [64], embedding: 16 }),
  steps: 100,
  batchSize: 64,
  learningRate: 5e-3,
};
const message = ({ warnings }: Awaited<ReturnType<typeof estimate>>, code: string) =>
  warnings.find((warning) => warning.code === code)?.message;

describe('copied rows in estimate', () => {
  beforeAll(() => useBackend('wasm'));

  it('tell nothing: 250 independent rows, each four times, have 0 nats', async () => {
    const [x, y] = [repeat(independent(250, 5), 4), repeat(independent(250, 5), 4)];
    const result = await estimate({ x, y }, quick);
    expect(result.value).toBeLessThan(2 * result.standardError);
    // Each row that was read is another one.
    expect(result.samples.validation + result.samples.test).toBeLessThanOrEqual(101);
    expect(message(result, 'duplicates')).toMatch(/Of 1000 rows, 750 are equal .* one side of each split/);
  });

  it('are found in spite of rounding, and rows of one source by groups', () => {
    const [x, y] = [repeat(independent(250, 5), 4), repeat(independent(250, 5), 4)];
    const rounded = x.map((row) => row.map((value) => value + 1e-10 * random.normal()));
    expect(counted(findCopies({ x: featureMatrix(rounded), y: featureMatrix(y) }).copies)).toBeGreaterThan(
      740,
    );
    const groups = repeat([...Array(250).keys()], 4);
    const kin = findKinships({ x: featureMatrix(rounded), y: featureMatrix(independent(1000, 1)) }, groups);
    expect(counted(kin.groups)).toBe(750);
    expect(counted(kin.copies)).toBe(0);
  });

  it('do not make the standard error of an estimator on samples smaller', async () => {
    const { x, y } = gaussianPairs(0.5, { rows: 200 });
    const rows = { x: repeat([...x.data], 4), y: repeat([...y.data], 4) };
    const [once, copied] = [
      await estimate({ x, y }, { estimator: gaussianCopula() }),
      await estimate(rows, { estimator: gaussianCopula() }),
    ];
    expect(copied.standardError).toBeGreaterThan(0.7 * once.standardError);
    expect(message(copied, 'duplicates')).toMatch(/gaussianCopula took each for an independent row/);
    const groups = repeat([...Array(200).keys()], 4);
    const told = await estimate(rows, { estimator: gaussianCopula(), groups });
    expect(message(told, 'dependent-rows')).toMatch(/800 rows .* of 200 groups/);
  });

  it('refuses groups that are none, or too few to part', async () => {
    const { x, y } = gaussianPairs(0.5, { rows: 200 });
    const of = (groups: number[]) => estimate({ x, y }, { ...quick, groups });
    await expect(of([1, 2])).rejects.toThrow(ShapeMismatchError);
    await expect(of(Array.from({ length: 200 }, () => Number.NaN))).rejects.toThrow(/groups\[0\]/);
    await expect(of(Array.from({ length: 200 }, (_, row) => row % 2))).rejects.toThrow(InvalidOptionError);
  });
});

describe('findCopies', () => {
  const pairs = (x: number[] | number[][], y: number[]) => ({ x: featureMatrix(x), y: featureMatrix(y) });
  const normals = (rows: number) => Array.from({ length: rows }, random.normal);
  const levels = (rows: number, count: number) => Array.from({ length: rows }, () => random.integer(count));

  it('takes discrete variables, common values and chance for none', () => {
    const label = levels(1000, 10);
    expect(counted(findCopies(pairs(label, label)).sources)).toBe(0);
    expect(counted(findCopies(pairs(normals(1000), normals(1000))).sources)).toBe(0);
    // Rounded to one digit.
    const coarse = (values: number[]) => values.map((value) => Math.round(10 * value) / 10);
    expect(counted(findCopies(pairs(coarse(normals(2000)), coarse(normals(2000)))).sources)).toBe(0);
    // A code that is 0 for half of the examples, beside a label.
    const dead = normals(1000).map((value) => Math.max(0, value));
    expect(counted(findCopies(pairs(dead, label)).sources)).toBe(0);
  });

  it('keeps features together whatever label they have', () => {
    const [x, y] = [repeat(normals(500), 2), levels(1000, 3)];
    const { copies, sources } = findCopies(pairs(x, y));
    expect(counted(sources)).toBe(500);
    expect(counted(copies)).toBe(y.slice(500).filter((label, row) => label === y[row]).length);
  });

  it('parts no group, and reads each copy once', () => {
    const [x, y] = [repeat(normals(100), 3), repeat(normals(100), 3)];
    const kin = findKinships(pairs(x, y), undefined);
    const { rows } = makePlan(300, true, { estimator: infoNCE() }, kin);
    const sources = [rows.training, rows.validation, rows.test].map(
      (part) => new Set(part.map((row) => row % 100)),
    );
    expect(sources.map(({ size }) => size)).toEqual([60, 15, 25]);
    expect(new Set(sources.flatMap((part) => [...part])).size).toBe(100);
    expect([rows.training.length, rows.validation.length, rows.test.length]).toEqual([180, 15, 25]);
  });
});
