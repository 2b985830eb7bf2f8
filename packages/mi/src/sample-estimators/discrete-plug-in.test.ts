import { featureMatrix } from '@factornet/core/samples';
import { randomStream } from '@factornet/core/training';
import { InvalidOptionError } from '@factornet/spec';
import { describe, expect, it } from 'vitest';
import { discretePlugIn } from './discrete-plug-in';

describe('discretePlugIn', () => {
  it('reads the entropy of a variable from itself', () => {
    const x = featureMatrix([0, 1, 1, 2]);
    expect(discretePlugIn().value({ x, y: x })).toBeCloseTo(1.5 * Math.log(2), 12);
  });

  it('takes a row of several columns as one level', () => {
    const x = featureMatrix([
      [0, 0],
      [0, 1],
      [1, 0],
      [1, 1],
    ]);
    // Either column alone tells nothing about whether they differ.
    const y = featureMatrix([0, 1, 1, 0]);
    expect(discretePlugIn().value({ x, y })).toBeCloseTo(Math.log(2), 12);
    expect(discretePlugIn().value({ x: featureMatrix([0, 0, 1, 1]), y })).toBe(0);
  });

  it('is high by (levels − 1)² / 2N for independent variables; Miller and Madow take that away', () => {
    const [rows, levels, repeats] = [500, 6, 100];
    const values = Array.from({ length: repeats }, (_, repeat) => {
      const random = randomStream(5, 'plug-in', repeat);
      const draw = () => featureMatrix(Array.from({ length: rows }, () => random.integer(levels)));
      const samples = { x: draw(), y: draw() };
      return [discretePlugIn(), discretePlugIn({ correction: 'miller-madow' })].map(({ value }) =>
        value(samples),
      );
    });
    const mean = (of: number) => values.reduce((sum, value) => sum + (value[of] as number), 0) / repeats;
    // 2N times the estimate is near chi-squared with 25 degrees of freedom: a standard deviation of √50.
    const standardError = Math.sqrt(2 * (levels - 1) ** 2) / (2 * rows) / Math.sqrt(repeats);
    expect(Math.abs(mean(0) - (levels - 1) ** 2 / (2 * rows))).toBeLessThan(4 * standardError + 0.001);
    expect(Math.abs(mean(1))).toBeLessThan(4 * standardError + 0.001);
    expect(Math.min(...values.map((value) => value[1] as number))).toBeLessThan(0);
  });

  it('tells cells, those of one row, the bias of counts and the smaller entropy', () => {
    const samples = { x: featureMatrix([1, 1, 2, 3]), y: featureMatrix([0, 0, 0, 1]) };
    expect(discretePlugIn().measure?.(samples)).toEqual({
      value: discretePlugIn().value(samples),
      counts: {
        cells: 3,
        singles: 2,
        bias: (3 - 3 - 2 + 1) / 8,
        isCorrected: false,
        cap: -(0.75 * Math.log(0.75) + 0.25 * Math.log(0.25)),
      },
    });
  });

  it('counts 20,000 different values of both, of which a whole table would fill the memory', () => {
    const ramp = featureMatrix(Array.from({ length: 20_000 }, (_, row) => row / 3));
    expect(discretePlugIn().value({ x: ramp, y: ramp })).toBeCloseTo(Math.log(20_000), 9);
  });

  it('refuses a correction it does not know', () => {
    expect(() => discretePlugIn({ correction: 'jackknife' as 'none' })).toThrow(InvalidOptionError);
  });
});
