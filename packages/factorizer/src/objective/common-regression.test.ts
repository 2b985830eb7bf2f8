import { gaussianRegression } from '@factornet/mi';
import { InvalidOptionError } from '@factornet/spec';
import { setBackend, tensor1d, tidy } from '@tensorflow/tfjs';
import { beforeAll, describe, expect, it } from 'vitest';
import { describeObjectiveTerm } from '../conformance/describe-objective-term';
import { suiteMoments, suitePass, suiteRequest, suiteTapShapes } from '../conformance/suite-pass';
import { probeTerm, sumOf } from '../testing/term-probe';
import { averageTo } from './average-to';
import { type CommonInformationOptions, commonInformation } from './common-information';
import { readingShapes } from './tap-reading';

beforeAll(() => setBackend('cpu'));

const regression = (options: CommonInformationOptions = {}) =>
  commonInformation({ bound: gaussianRegression(), reads: averageTo(2), ...options });

describe('commonInformation by regression', () => {
  it('is ½ (1 − MSE) of each standardised tap from z, whatever its length, averaged over taps', async () => {
    const term = regression();
    const tapShapes = readingShapes(term.reads, suiteTapShapes);
    const tapMoments = suiteMoments(tapShapes);
    const running = term.prepare({ ...suiteRequest, tapShapes, tapMoments });
    // Per tap a kernel [4, dimensions] and a bias.
    const values = running.variables.map(({ size }, index) =>
      Array.from({ length: size }, (_, place) => 0.3 * Math.sin(place + index)),
    );
    running.variables.forEach((one, index) => {
      tidy(() => one.assign(tensor1d(values[index] as number[]).reshape(one.shape)));
    });
    const pass = suitePass({ reads: term.reads });
    const { common, teacherFeatures } = pass.compute();
    const z = await common.array();
    const expected: number[] = [];
    for (const [index, tap] of Object.keys(tapShapes).entries()) {
      const { mean, deviation } = tapMoments[tap] as (typeof tapMoments)[string];
      const flat = await teacherFeatures[tap]?.data();
      const [kernel, bias] = [values[2 * index] as number[], values[2 * index + 1] as number[]];
      const errors = z.flatMap((row, example) =>
        bias.map((offset, d) => {
          const place = example * bias.length + d;
          const target = ((flat?.[place] as number) - (mean[d] as number)) / (deviation[d] as number);
          const told = sumOf(row.map((value, i) => value * (kernel[i * bias.length + d] as number))) + offset;
          return (target - told) ** 2;
        }),
      );
      expected.push(0.5 * (1 - sumOf(errors) / errors.length));
    }
    expect(expected).toHaveLength(2);
    const value = tidy(() => running.evaluate(pass.compute()));
    expect((await value.data())[0]).toBeCloseTo(sumOf(expected) / 2, 4);
    for (const each of [value, running, pass]) each.dispose();
  });

  it('takes the last two maps and every vector, or the taps that are named', () => {
    const tapShapes = { a: [2, 2, 3], words: [5], b: [2, 2, 4], c: [1, 2, 2] };
    const shapesOf = (options: CommonInformationOptions = {}) => {
      const request = { ...suiteRequest, tapShapes, tapMoments: suiteMoments(tapShapes) };
      const running = regression(options).prepare(request);
      const shapes = running.variables.map(({ shape }) => shape);
      running.dispose();
      return shapes;
    };
    expect(shapesOf()).toEqual([[4, 5], [5], [4, 16], [16], [4, 4], [4]]);
    expect(shapesOf({ taps: ['a'] })).toEqual([[4, 12], [12]]);
    expect(() => shapesOf({ taps: ['d'] })).toThrow(/among the teacher's.*a, words, b, c.*d/s);
  });

  it('trains a variance for each dimension where the bound learns it, and none for one that hardly changes', () => {
    const tapShapes = { words: [3] };
    const tapMoments = { words: { mean: new Float32Array(3), deviation: Float32Array.of(1, 1e-5, 1) } };
    const bound = gaussianRegression({ variance: 'learned' });
    const running = regression({ bound }).prepare({ ...suiteRequest, tapShapes, tapMoments });
    expect(running.variables.map(({ shape }) => shape)).toEqual([[4, 2], [2], [2]]);
    running.dispose();
    const dead = { words: { mean: new Float32Array(3), deviation: new Float32Array(3) } };
    expect(() => regression().prepare({ ...suiteRequest, tapShapes, tapMoments: dead })).toThrow(
      InvalidOptionError,
    );
  });

  it('reaches the common network and nothing else, and needs moments', async () => {
    expect((await probeTerm(regression())).reached).toEqual(['common']);
    expect(regression().needs).toEqual(['trainable-common', 'teacher', 'moments']);
  });
});

describeObjectiveTerm('commonInformation by regression', () => regression());
describeObjectiveTerm('commonInformation by regression of learned variance', () =>
  regression({ bound: gaussianRegression({ variance: 'learned' }) }),
);
