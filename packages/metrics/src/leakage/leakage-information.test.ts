import { featureMatrix } from '@factornet/core/samples';
import { randomStream } from '@factornet/core/training';
import { ross } from '@factornet/mi';
import { CancelledError, InvalidOptionError, ShapeMismatchError, UnknownTaskError } from '@factornet/spec';
import { describe, expect, it } from 'vitest';
import { labelInformationOf } from './label-information';
import { type LeakageInformationRequest, leakageInformation } from './leakage-information';

const ROWS = 600;
const TASKS = [
  { name: 'shape', classes: ['a', 'b', 'c'] },
  { name: 'hue', classes: ['warm', 'cold'] },
];

/** Codes of shape tell shape only, codes of hue tell both, noise tells nothing, `xor` tells hue to whoever multiplies. */
function request(): LeakageInformationRequest {
  const stream = randomStream(3, 'leakage-information');
  const shape = Int32Array.from({ length: ROWS }, () => stream.integer(3));
  const hue = Int32Array.from({ length: ROWS }, () => stream.integer(2));
  const each = (make: (shape: number, hue: number) => number[]) =>
    featureMatrix(Array.from(shape, (value, row) => make(value, hue[row] as number)));
  return {
    sources: {
      shape: each((s) => [
        Math.cos(2.1 * s) + 0.2 * stream.normal(),
        Math.sin(2.1 * s) + 0.2 * stream.normal(),
      ]),
      hue: each((s, h) => [h + 0.2 * stream.normal(), s + 0.2 * stream.normal(), s ** 2]),
      noise: each(() => [stream.normal(), stream.normal()]),
      xor: each((_, h) => {
        const side = stream.integer(2);
        return [side + 0.1 * stream.normal(), (side ^ h) + 0.1 * stream.normal()];
      }),
    },
    labels: { shape, hue },
    tasks: TASKS,
    split: { seed: 1 },
  };
}

describe('leakageInformation', () => {
  it('tells what each code knows of each task, in nats and as a share of what there is', async () => {
    const { estimator, information, normalised, labelEntropy, meanOffDiagonal } = await leakageInformation(
      request(),
    );
    expect(estimator).toEqual({ name: 'classifier-bound', direction: 'lower' });
    expect(labelEntropy.shape).toBeCloseTo(Math.log(3), 2);
    expect(normalised.shape?.shape).toBeGreaterThan(0.9);
    expect(Math.abs(normalised.shape?.hue as number)).toBeLessThan(0.05);
    expect(normalised.hue?.hue).toBeGreaterThan(0.85);
    expect(normalised.hue?.shape).toBeGreaterThan(0.9);
    expect(Math.abs(information.noise?.shape as number)).toBeLessThan(0.05);
    const others = [
      ...['shape', 'noise', 'xor'].map((from) => information[from]?.hue as number),
      ...['hue', 'noise', 'xor'].map((from) => information[from]?.shape as number),
    ];
    expect(meanOffDiagonal).toBeCloseTo(others.reduce((sum, value) => sum + value, 0) / 6, 12);
    expect(information.hue?.shape).toBeCloseTo(
      (normalised.hue?.shape as number) * (labelEntropy.shape as number),
      12,
    );
  });

  it("takes Ross's estimator of @factornet/mi, which sees what no line reads", async () => {
    const line = await leakageInformation(request());
    const { estimator, information } = await leakageInformation({
      ...request(),
      sources: { xor: request().sources.xor as never },
      estimator: labelInformationOf(ross()),
    });
    expect(estimator).toEqual({ name: 'ross', direction: 'neither' });
    expect(Math.abs(line.information.xor?.hue as number)).toBeLessThan(0.03);
    expect(information.xor?.hue).toBeGreaterThan(0.6);
  });

  it('gives an estimator the halves, and leaves out what has no label', async () => {
    const { labels, sources, tasks } = request();
    labels.hue?.fill(-1, 0, 10);
    const split = { train: [0, 1, 20, 21, 22], test: [30, 31, 2] };
    const seen: unknown[] = [];
    await leakageInformation({
      sources: { shape: sources.shape as never },
      labels,
      tasks,
      split,
      estimator: { name: 'spy', direction: 'neither', estimate: (asked) => seen.push(asked) },
    });
    expect(seen).toHaveLength(2);
    expect(seen[1]).toMatchObject({
      classes: 2,
      split: { train: Int32Array.from(split.train), test: Int32Array.from(split.test) },
    });
    const rows: number[][] = [];
    const reader = labelInformationOf({
      name: 'reader',
      direction: 'neither',
      value: (samples) => rows.push([samples.features.rows, samples.labels.length]),
    });
    await leakageInformation({
      sources: { shape: sources.shape as never },
      labels,
      tasks,
      split,
      estimator: reader,
    });
    expect(rows).toEqual([
      [8, 8],
      [8, 8],
    ]);
  });

  it('scores 0 of nothing where all labels are the same', async () => {
    const { labels, ...rest } = request();
    const { labelEntropy, normalised } = await leakageInformation({
      ...rest,
      labels: { ...labels, hue: new Int32Array(ROWS) },
    });
    expect(labelEntropy.hue).toBe(0);
    expect(normalised.shape?.hue).toBe(0);
  });

  it('tells progress, and stops', async () => {
    const controller = new AbortController();
    const done: number[] = [];
    const run = leakageInformation({
      ...request(),
      signal: controller.signal,
      onProgress: (progress) => {
        done.push(progress.done / progress.total);
        if (done.length === 3) controller.abort();
      },
    });
    await expect(run).rejects.toThrow(CancelledError);
    expect(done).toEqual([1 / 8, 2 / 8, 3 / 8]);
  });

  it('refuses what does not fit together, by name', async () => {
    const fine = request();
    const { hue: _, ...withoutHue } = fine.labels;
    await expect(leakageInformation({ ...fine, labels: withoutHue })).rejects.toThrow(UnknownTaskError);
    const wrong = { ...fine, tasks: [{ name: 'hue', classes: 3 }] as unknown as typeof fine.tasks };
    await expect(leakageInformation(wrong)).rejects.toMatchObject({ option: 'tasks[0].classes' });
    await expect(leakageInformation({ ...fine, sources: {} })).rejects.toThrow(InvalidOptionError);
    const short = { shape: featureMatrix([1, 2, 3]) };
    await expect(leakageInformation({ ...fine, sources: short })).rejects.toThrow(ShapeMismatchError);
    const unlabelled = { ...fine.labels, hue: new Int32Array(ROWS).fill(-1) };
    await expect(leakageInformation({ ...fine, labels: unlabelled })).rejects.toThrow(/labels of "hue"/);
  });
});
