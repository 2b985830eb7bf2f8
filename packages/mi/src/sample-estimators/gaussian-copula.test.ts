import { featureMatrix } from '@factornet/core/samples';
import { randomStream } from '@factornet/core/training';
import { InvalidOptionError } from '@factornet/spec';
import { describe, expect, it } from 'vitest';
import { fixtureColumns, gaussianPairs } from '../testing/sample-fixture';
import { gaussianCopula } from './gaussian-copula';

const plain = gaussianCopula({ correctBias: false });

describe('gaussianCopula', () => {
  it('agrees with SciPy’s ranks and normal scores, and NumPy’s determinants', () => {
    const [x, y] = [fixtureColumns('x0'), fixtureColumns('y0')];
    expect(plain.value({ x, y })).toBeCloseTo(0.992173018571096, 10);
    const two = { x: fixtureColumns('x0', 'x1'), y: fixtureColumns('y0', 'y1') };
    expect(plain.value(two)).toBeCloseTo(1.553747655338297, 10);
  });

  it('reads Gaussian pairs without bias, even where columns are many', () => {
    const [rows, dimensions, correlation, repeats] = [200, 10, 0.5, 20];
    const pairs = Array.from({ length: repeats }, (_, repeat) =>
      gaussianPairs(randomStream(6, 'copula', repeat).normals, { rows, dimensions, correlation }),
    );
    const truth = (-dimensions / 2) * Math.log(1 - correlation ** 2);
    const read = (value: typeof plain.value) => {
      const values = pairs.map(value);
      const mean = values.reduce((sum, each) => sum + each, 0) / repeats;
      const variance = values.reduce((sum, each) => sum + (each - mean) ** 2, 0) / (repeats - 1);
      return { bias: mean - truth, standardError: Math.sqrt(variance / repeats) };
    };
    const corrected = read(gaussianCopula().value);
    // Ranks in place of values cost a little of what is there: 2 % at this size.
    expect(Math.abs(corrected.bias)).toBeLessThan(4 * corrected.standardError + 0.02 * truth);
    // Uncorrected, about dimensions² / 2N too much.
    expect(read(plain.value).bias).toBeGreaterThan(dimensions ** 2 / (2 * rows) / 2);
  });

  it('does not depend on monotone maps of columns', () => {
    const { x, y } = gaussianPairs(randomStream(7, 'copula').normals, { rows: 200, correlation: 0.7 });
    const mapped = { ...y, data: y.data.map((value) => Math.exp(3 * value)) };
    expect(gaussianCopula().value({ x, y: mapped as typeof y })).toBeCloseTo(
      gaussianCopula().value({ x, y }),
      12,
    );
  });

  it('may read more than there is, for more than one column: it claims no direction', () => {
    // x = (a, ±a): two normal scores without correlation, but one number and a sign.
    const rows = 4000;
    const random = randomStream(8, 'copula');
    const x: number[][] = [];
    const y: number[][] = [];
    for (let row = 0; row < rows; row++) {
      const a = random.normal();
      const b = random.uniform() < 0.5 ? a : -a;
      x.push([a, b]);
      // As much noise as signal: a Gaussian x would tell 2 · ½ log 2.
      y.push([a + random.normal(), b + random.normal()]);
    }
    expect(gaussianCopula().direction).toBe('neither');
    const nats = gaussianCopula().value({ x: featureMatrix(x), y: featureMatrix(y) });
    // I(x; y) is below h(y) of Gaussians less that of the noise, log 2, strictly since y is not Gaussian.
    expect(Math.abs(nats - Math.log(2))).toBeLessThan(0.05);
  });

  it('is blind to what ranks do not correlate in', () => {
    const { x, y } = gaussianPairs(randomStream(9, 'copula').normals, { rows: 2000, correlation: 0 });
    const squared = { ...x, data: x.data.map((value, row) => value ** 2 + 0.01 * (y.data[row] as number)) };
    expect(Math.abs(gaussianCopula().value({ x, y: squared as typeof y }))).toBeLessThan(0.01);
  });

  it('refuses columns that repeat others, and too few rows', () => {
    const y = fixtureColumns('y0');
    expect(() => gaussianCopula().value({ x: fixtureColumns('x0', 'x0'), y })).toThrow(
      /columns of x must be such/,
    );
    expect(() => gaussianCopula().value({ x: y, y })).toThrow(/columns of x and y must be such/);
    const three = featureMatrix([1, 2, 3]);
    expect(() => gaussianCopula().value({ x: three, y: three })).toThrow(InvalidOptionError);
  });
});
