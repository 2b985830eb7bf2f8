import { featureMatrix } from '@factornet/core/samples';
import { InvalidOptionError } from '@factornet/spec';
import { describe, expect, it } from 'vitest';
import { deterministicFixture } from '../testing/deterministic-fixture';
import { modularity, modularityOfMatrix } from './modularity';

const diagonal = (size: number, value: number) =>
  Array.from({ length: size }, (_, row) =>
    Array.from({ length: size }, (_, column) => (row === column ? value : 0)),
  );

describe('modularityOfMatrix', () => {
  it('behaves as the tests of disentanglement_lib ask', () => {
    const five = diagonal(5, 5);
    expect(modularityOfMatrix(featureMatrix(five))).toBe(1);
    expect(modularityOfMatrix(featureMatrix(diagonal(10, 0)))).toBe(0);
    expect(modularityOfMatrix(featureMatrix([...diagonal(2, 1), [0, 0]]))).toBeCloseTo(2 / 3, 12);
    expect(modularityOfMatrix(featureMatrix([...five, ...five]))).toBe(1);
    expect(modularityOfMatrix(featureMatrix(five.slice(0, 2)))).toBe(1);
    const sideBySide = five.map((row) => [...row, ...row]);
    expect(modularityOfMatrix(featureMatrix(sideBySide))).toBeCloseTo(8 / 9, 12);
  });

  it('gives the golden value of a dense matrix, at any scale', () => {
    const rows = [
      [0.7, 0.1, 0.05],
      [0.2, 0.6, 0.05],
      [0.1, 0.3, 0.9],
      [0, 0, 0],
    ];
    expect(modularityOfMatrix(featureMatrix(rows))).toBeCloseTo(0.7166221813, 9);
    const tiny = rows.map((row) => row.map((value) => value * 1e-200));
    expect(modularityOfMatrix(featureMatrix(tiny))).toBeCloseTo(0.7166221813, 9);
  });

  it('refuses a single factor and no code', () => {
    expect(() => modularityOfMatrix(featureMatrix([[1], [2]]))).toThrow(InvalidOptionError);
    expect(() => modularityOfMatrix({ rows: 0, columns: 2, data: new Float64Array(0) })).toThrow(/codes/);
  });
});

describe('modularity', () => {
  it('gives the deterministic golden value', async () => {
    const { value, details } = await modularity().measure(deterministicFixture());
    expect(value).toBeCloseTo(0.9352395674, 9);
    expect(details.perCode).toHaveLength(4);
  });

  it('refuses examples among which one factor changes', async () => {
    const { codes, factors } = deterministicFixture();
    const frozen = { ...factors, data: factors.data.map((value, index) => (index % 2 === 0 ? value : 1)) };
    await expect(modularity().measure({ codes, factors: frozen })).rejects.toThrow(/two at least/);
    expect(() => modularity({ bins: 0 })).toThrow(InvalidOptionError);
  });
});
