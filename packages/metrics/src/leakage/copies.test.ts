import { featureMatrix, selectRows } from '@factornet/core/samples';
import { randomStream } from '@factornet/core/training';
import { InvalidOptionError, ShapeMismatchError } from '@factornet/spec';
import { describe, expect, it } from 'vitest';
import { accuracy } from '../accuracy';
import { dci } from '../disentanglement/dci';
import { linearProbe } from '../probe/linear-probe';
import { drawRepresentation } from '../sampling/draw-representation';
import { groupExamples } from './group-examples';
import { splitHalves } from './halves';
import { leakageInformation } from './leakage-information';

const random = randomStream(1, 'copies');
const noise = (rows: number, columns: number) =>
  Array.from({ length: rows }, () => Array.from({ length: columns }, random.normal));
const repeat = <Row>(rows: readonly Row[], times: number) =>
  Array.from({ length: rows.length * times }, (_, row) => rows[row % rows.length] as Row);
const parted = ({ train, test }: { train: Int32Array; test: Int32Array }, sources: number) => {
  const learnt = new Set(train.map((row) => row % sources));
  return test.filter((row) => learnt.has(row % sources)).length;
};
const tasks = [{ name: 'task', classes: ['a', 'b', 'c', 'd'] }];

describe('copied examples', () => {
  it('are in one half, found in spite of rounding, in any of the features', () => {
    const features = featureMatrix(repeat(noise(100, 3), 4));
    const other = featureMatrix(noise(400, 3));
    const halves = splitHalves({ seed: 1 }, 400, [other, features]);
    expect(parted(halves, 100)).toBe(0);
    expect([halves.train.length, halves.test.length]).toEqual([200, 200]);
    const rounded = { ...features, data: features.data.map((value) => value * (1 + 1e-9 * random.normal())) };
    expect(parted(splitHalves({ seed: 1 }, 400, [rounded as typeof features]), 100)).toBeLessThan(10);
    expect(splitHalves({ seed: 1 }, 400, [other])).toEqual(splitHalves({ seed: 1 }, 400));
  });

  it('are those of a group, where groups are told', () => {
    const groups = repeat([...Array(20).keys()], 10);
    expect(parted(splitHalves({ seed: 1, groups }, 200, [featureMatrix(noise(200, 2))]), 20)).toBe(0);
    expect(() => splitHalves({ seed: 1, groups: [1, 2] }, 200)).toThrow(ShapeMismatchError);
    expect(() => splitHalves({ seed: 1, groups: Array(200).fill(3) }, 200)).toThrow(InvalidOptionError);
  });

  it('are no copies where codes are few whole numbers, or zero for many', () => {
    const alone = [...Array(400).keys()];
    const digits = featureMatrix(Array.from({ length: 400 }, () => random.integer(6)));
    const dead = featureMatrix(noise(400, 1).map(([value = 0]) => [Math.max(0, value)]));
    expect([...groupExamples(400, [digits, dead])]).toEqual(alone);
  });

  it('tell no label: 100 codes of noise, each four times, stay below 0.1 nats', async () => {
    const codes = featureMatrix(repeat(noise(100, 30), 4));
    const labels = Int32Array.from(
      repeat(
        Array.from({ length: 100 }, () => random.integer(4)),
        4,
      ),
    );
    const request = { sources: { code: codes }, labels: { task: labels }, tasks };
    const { information } = await leakageInformation({ ...request, split: { seed: 1 } });
    expect(information.code?.task).toBeLessThan(0.1);
    const read = ({ train, test }: { train: ArrayLike<number>; test: ArrayLike<number> }) => {
      const of = (rows: ArrayLike<number>) => Int32Array.from(rows, (row) => labels[row] as number);
      const probe = linearProbe().fit(selectRows(codes, train), of(train), 4);
      return accuracy(probe.predict(selectRows(codes, test)), of(test));
    };
    expect(read(splitHalves({ seed: 1 }, 400, [codes]))).toBeLessThan(0.45);
    // Halves that part the copies.
    const rows = [...Array(400).keys()];
    expect(read({ train: rows.slice(0, 200), test: rows.slice(200) })).toBeGreaterThan(0.6);
  });

  it('are not parted by metrics that learn from fixed arrays, unless codes are functions of factors', async () => {
    const codes = featureMatrix(repeat(noise(60, 2), 3));
    const factors = featureMatrix(
      repeat(
        Array.from({ length: 60 }, () => [random.integer(3), random.integer(2)]),
        3,
      ),
    );
    const drawn = await drawRepresentation({ codes, factors }, { train: 2, test: 1, seed: 1 });
    const known = new Set(
      Array.from({ length: drawn.train.codes.rows }, (_, row) => drawn.train.codes.data[2 * row]),
    );
    expect(drawn.test.codes.rows).toBe(60);
    expect(Array.from({ length: 60 }, (_, row) => known.has(drawn.test.codes.data[2 * row]))).not.toContain(
      true,
    );
    const { details } = await dci().measure({
      codes,
      factors: {
        ...factors,
        columns: 1,
        rows: 180,
        data: factors.data.filter((_, at) => at % 2 === 0) as Float64Array,
      },
    });
    expect(details.informativeness).toBeLessThan(0.6);
    const clean = await drawRepresentation({ codes: factors, factors }, { train: 2, test: 1, seed: 1 });
    const values = new Set(
      Array.from(
        { length: 60 },
        (_, row) =>
          2 * (clean.test.codes.data[2 * row] as number) + (clean.test.codes.data[2 * row + 1] as number),
      ),
    );
    expect(values.size).toBe(6);
    const grouped = {
      codes: featureMatrix(noise(180, 2)),
      factors,
      groups: repeat([...Array(60).keys()], 3),
    };
    const { train, test } = await drawRepresentation(grouped, { train: 2, test: 1, seed: 1 });
    expect([train.codes.rows, test.codes.rows]).toEqual([120, 60]);
  });
});
