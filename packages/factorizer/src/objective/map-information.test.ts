import { club } from '@factornet/mi';
import { InvalidOptionError } from '@factornet/spec';
import { setBackend, tensor1d, tidy } from '@tensorflow/tfjs';
import { beforeAll, describe, expect, it } from 'vitest';
import { describeObjectiveTerm } from '../conformance/describe-objective-term';
import { suiteMoments, suitePass, suiteRequest, suiteTapShapes } from '../conformance/suite-pass';
import { probeTerm, sumOf } from '../testing/term-probe';
import { mapInformation } from './map-information';
import { channelMoments } from './standardised';
import { readingShapes } from './tap-reading';

beforeAll(() => setBackend('cpu'));

describe('mapInformation', () => {
  it('is ½ (1 − MSE) of the teacher’s channels from the last map, position by position', async () => {
    const term = mapInformation();
    const tapShapes = readingShapes(term.reads, suiteTapShapes);
    const tapMoments = suiteMoments(tapShapes);
    const running = term.prepare({ ...suiteRequest, tapShapes, tapMoments });
    // The teacher has one map, of 2 × 2 positions and 3 channels; the common network's last one is as large.
    expect(running.variables.map(({ shape }) => shape)).toEqual([[3, 3], [3]]);
    const kernel = [0.3, -0.2, 0.5, 0.1, 0.4, -0.6, 0.7, 0.2, -0.1];
    const bias = [0.1, -0.3, 0.2];
    running.variables.forEach((one, index) => {
      tidy(() => one.assign(tensor1d([kernel, bias][index] as number[]).reshape(one.shape)));
    });
    const pass = suitePass({ reads: term.reads });
    const { maps, teacherFeatures } = pass.compute();
    const own = [...((await maps['block-2']?.data()) ?? [])];
    const taught = [...((await teacherFeatures.shallow?.data()) ?? [])];
    const { mean, deviation } = channelMoments(tapMoments.shallow as (typeof tapMoments)[string], 3);
    const errors = taught.map((feature, place) => {
      const [row, k] = [Math.floor(place / 3), place % 3];
      const target = (feature - (mean[k] as number)) / (deviation[k] as number);
      const told =
        (bias[k] as number) +
        sumOf([0, 1, 2].map((i) => (own[row * 3 + i] as number) * (kernel[i * 3 + k] as number)));
      return (target - told) ** 2;
    });
    expect(errors).toHaveLength(5 * 4 * 3);
    const value = tidy(() => running.evaluate(pass.compute()));
    expect((await value.data())[0]).toBeCloseTo(0.5 * (1 - sumOf(errors) / errors.length), 4);
    for (const each of [value, running, pass]) each.dispose();
  });

  it('pairs maps from the last one back, and averages them over the coarser grid', async () => {
    const tapShapes = { first: [4, 4, 7], words: [6], second: [4, 4, 8], third: [4, 4, 9] };
    const shapesOf = (pairs?: number, mapShapes = suiteRequest.mapShapes) => {
      const request = { ...suiteRequest, tapShapes, mapShapes, tapMoments: suiteMoments(tapShapes) };
      const running = mapInformation({ ...(pairs && { pairs }) }).prepare(request);
      const shapes = running.variables.filter((_, index) => index % 2 === 0).map(({ shape }) => shape);
      running.dispose();
      return shapes;
    };
    // [channels of the common network's map, channels of the teacher's]
    expect(shapesOf()).toEqual([
      [3, 9],
      [2, 8],
    ]);
    expect(shapesOf(1)).toEqual([[3, 9]]);
    expect(shapesOf(3)).toEqual([
      [3, 9],
      [2, 8],
    ]);
    expect(shapesOf(2, { only: [16, 16, 5] })).toEqual([[5, 9]]);
  });

  it('reaches the maps that are paired, through pooling too, and not z', async () => {
    expect((await probeTerm(mapInformation())).reached).toEqual(['maps/block-2']);
    const onlyFirst = { mapShapes: { 'block-1': suiteRequest.mapShapes['block-1'] as number[] } };
    expect((await probeTerm(mapInformation(), {}, onlyFirst)).reached).toEqual(['maps/block-1']);
  });

  it('refuses upper bounds', () => {
    expect(() => mapInformation({ bound: { ...club(), requires: 'regression' } as never })).toThrow(
      InvalidOptionError,
    );
  });
});

describeObjectiveTerm('mapInformation', () => mapInformation());
