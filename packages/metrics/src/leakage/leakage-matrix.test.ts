import type { FeatureMatrix } from '@factornet/core/samples';
import { randomStream } from '@factornet/core/training';
import { InvalidOptionError, ShapeMismatchError, UnknownTaskError } from '@factornet/spec';
import { LabelOutOfRangeError } from '@factornet/spec/training';
import { describe, expect, it } from 'vitest';
import { kernelProbe } from '../probe/kernel-probe';
import { linearProbe } from '../probe/linear-probe';
import { leakageMatrix } from './leakage-matrix';
import type { LeakageResult } from './leakage-request';

const EXAMPLES = 2000;
const tasks = [
  { name: 'shape', classes: ['cube', 'ball', 'cone', 'ring'] },
  { name: 'hue', classes: ['red', 'green', 'blue'] },
];

function drawLabels(classes: number, key: string): Int32Array {
  const stream = randomStream(1, key);
  return Int32Array.from({ length: EXAMPLES }, () => stream.integer(classes));
}

const labels = { shape: drawLabels(4, 'shape'), hue: drawLabels(3, 'hue') };

/** One-hot codes of some label columns, one beside the other, plus noise of the given size. */
function encode(columns: readonly Int32Array[], noise = 0, key = 'noise'): FeatureMatrix {
  const width = 4 * columns.length;
  const data = randomStream(2, key)
    .normals(EXAMPLES * width)
    .map((value) => value * noise);
  for (let row = 0; row < EXAMPLES; row++) {
    columns.forEach((column, position) => {
      const at = row * width + 4 * position + (column[row] as number);
      if (column[row] !== -1) data[at] = (data[at] as number) + 1;
    });
  }
  return { rows: EXAMPLES, columns: width, data };
}

const teacher = encode([labels.shape, labels.hue], 0.05, 'teacher');
const split = { seed: 5 };

const leaked = (result: LeakageResult, from: string, to: string) =>
  result.leakage[from]?.[to]?.value as number;

/** Four standard errors of a leakage value read on half of the examples. */
function tolerance(chance: number): number {
  return (4 * Math.sqrt((chance * (1 - chance)) / (EXAMPLES / 2))) / (1 - chance);
}

describe('leakageMatrix', () => {
  it('is about 0 between factors that hold their own task alone', () => {
    const sources = { shape: encode([labels.shape], 0.05, 'a'), hue: encode([labels.hue], 0.05, 'b') };
    const result = leakageMatrix({ sources, reference: teacher, labels, tasks, split });
    expect(Object.keys(result.leakage)).toEqual(['shape', 'hue']);
    expect(Object.keys(result.leakage.shape ?? {})).toEqual(['hue']);
    expect(Math.abs(leaked(result, 'shape', 'hue'))).toBeLessThan(tolerance(1 / 3));
    expect(Math.abs(leaked(result, 'hue', 'shape'))).toBeLessThan(tolerance(1 / 4));
    expect(result.ownTask.shape).toEqual({ accuracy: 1, normalised: { value: 1, standardError: 0 } });
    expect(result.ownTask.hue).toEqual(result.ownTask.shape);
  });

  it('is exactly 1 from the teacher’s own features, however well those tell the task', () => {
    const weak = encode([labels.shape, labels.hue], 0.8, 'weak');
    const request = { sources: { shape: weak, hue: weak }, reference: weak, labels, tasks, split };
    const { leakage, mean, reference } = leakageMatrix(request);
    const one = { value: 1, standardError: 0 };
    expect(leakage).toEqual({ shape: { hue: one }, hue: { shape: one } });
    expect(mean).toEqual(one);
    expect(reference.hue?.accuracy).toBeGreaterThan(0.5);
    expect(reference.hue?.accuracy).toBeLessThan(0.98);
  });

  it('follows the definition: raw accuracies, chance of the training half’s favourite, teacher at 1', () => {
    const sources = { shape: encode([labels.shape, labels.hue], 0.7, 'leaky') };
    const { leakage, accuracy, reference, mean, maximum, ownTask } = leakageMatrix({
      sources,
      reference: teacher,
      labels,
      tasks,
      split,
    });
    const { accuracy: ceiling, chance } = reference.hue as { accuracy: number; chance: number };
    const raw = accuracy.shape as { shape: number; hue: number };
    const value = leaked({ leakage } as LeakageResult, 'shape', 'hue');
    expect(value).toBeCloseTo((raw.hue - chance) / (ceiling - chance), 12);
    expect(value).toBeGreaterThan(0.3);
    expect(value).toBeLessThan(0.95);
    expect(mean).toEqual(leakage.shape?.hue);
    expect(maximum).toEqual({ ...leakage.shape?.hue, from: 'shape', to: 'hue' });
    const shapeChance = reference.shape?.chance as number;
    expect(ownTask.shape?.normalised.value).toBeCloseTo((raw.shape - shapeChance) / (1 - shapeChance), 12);
  });

  it('trains on one half and reads on the other: what the training half alone knows counts for nothing', () => {
    const train = Array.from({ length: EXAMPLES / 2 }, (_, index) => index);
    const test = train.map((index) => index + EXAMPLES / 2);
    const memorised = encode([labels.shape, labels.hue]);
    memorised.data.fill(0, (EXAMPLES / 2) * memorised.columns);
    const result = leakageMatrix({
      sources: { shape: memorised },
      reference: teacher,
      labels,
      tasks,
      split: { train, test },
    });
    expect(leaked(result, 'shape', 'hue')).toBeLessThan(tolerance(1 / 3));
  });

  it('reads tiny directions by default, and misses them when told not to standardise', () => {
    const tiny = encode([labels.hue]);
    const request = {
      sources: { shape: { ...tiny, data: tiny.data.map((value) => value * 1e-4) } },
      reference: teacher,
      labels,
      tasks,
      split,
    };
    expect(leaked(leakageMatrix(request), 'shape', 'hue')).toBe(1);
    // The score of a tiny direction hardly moves the answer away from the most frequent class.
    const blunt = leakageMatrix({ ...request, probe: linearProbe({ standardise: false, penalty: 1 }) });
    expect(leaked(blunt, 'shape', 'hue')).toBeLessThan(0.1);
  });

  it('leaves unlabelled examples of a task out, in both halves', () => {
    const partial = { ...labels, hue: labels.hue.map((label, row) => (row % 3 === 0 ? -1 : label)) };
    const source = encode([partial.hue]);
    // Unlabelled rows say the opposite of what labelled ones say; they must not matter.
    const scrambled = { ...source, data: source.data.slice() };
    for (let row = 0; row < EXAMPLES; row += 3) scrambled.data.fill(row % 2, row * 4, row * 4 + 4);
    const result = leakageMatrix({
      sources: { shape: scrambled },
      reference: teacher,
      labels: partial,
      tasks,
      split,
    });
    expect(leaked(result, 'shape', 'hue')).toBe(1);
  });

  it('copes with a class that one half lacks', () => {
    const train = Array.from({ length: EXAMPLES }, (_, row) => row).filter((row) => labels.hue[row] !== 2);
    const rest = Array.from({ length: EXAMPLES }, (_, row) => row).filter((row) => labels.hue[row] === 2);
    const halves = { train: train.slice(0, 900), test: [...train.slice(900), ...rest] };
    const { reference } = leakageMatrix({ sources: {}, reference: teacher, labels, tasks, split: halves });
    // Every "blue" is read wrong, all else right.
    const share = (train.length - 900) / halves.test.length;
    expect(reference.hue?.accuracy).toBeCloseTo(share, 12);
    expect(reference.shape?.accuracy).toBe(1);
  });

  it('refuses a reference that tells a task no better than chance, instead of dividing by nearly 0', () => {
    const blind = encode([labels.shape], 0.05, 'blind');
    const measure = () => leakageMatrix({ sources: {}, reference: blind, labels, tasks, split });
    expect(measure).toThrow(InvalidOptionError);
    expect(measure).toThrow(
      /reference features on task "hue".*clearly above chance.*\n.*leave this task out/,
    );
  });

  it('leaves such a task out of every row, if asked to, and reads the rest', () => {
    const blind = encode([labels.shape], 0.05, 'blind');
    const sources = { shape: encode([labels.hue], 0.05, 'b'), hue: encode([labels.shape], 0.05, 'a') };
    const request = { sources, common: blind, reference: blind, labels, tasks, split };
    const { leakage, common, reference, ownTask, mean } = leakageMatrix({
      ...request,
      withoutScale: 'leave-out',
    });
    const one = { value: 1, standardError: 0 };
    expect(leakage).toEqual({ shape: {}, hue: { shape: one } });
    expect([Object.keys(reference), Object.keys(common ?? {}), Object.keys(ownTask)]).toEqual([
      ['shape'],
      ['shape'],
      ['shape', 'hue'],
    ]);
    expect(mean).toEqual(one);
  });

  it.each([
    [60, false],
    [61, true],
    [40, false],
  ])('two standard errors above chance are the limit: %i of 100 right', (right, taken) => {
    // Chance is 50 of 100 and a standard error 5: the probe learns the sign, and reads as many signs as are right.
    const classes = Int32Array.from({ length: 200 }, (_, row) => row % 2);
    const data = Float64Array.from(classes, (label, row) => (row < 100 + right ? 1 : -1) * (2 * label - 1));
    const [train, test] = [0, 100].map((first) => Array.from({ length: 100 }, (_, row) => first + row));
    const measure = () =>
      leakageMatrix({
        sources: {},
        reference: { rows: 200, columns: 1, data },
        labels: { side: classes },
        tasks: [{ name: 'side', classes: ['left', 'right'] }],
        split: { train: train as number[], test: test as number[] },
      }).reference.side;
    if (taken) expect(measure()).toEqual({ accuracy: right / 100, chance: 0.5 });
    else expect(measure).toThrow(/clearly above chance \(0\.5000 on 100 examples\)/);
  });

  it('names a task without labels in a half, an unknown source, wrong shapes and wrong labels', () => {
    const base = { sources: {}, reference: teacher, labels, tasks, split };
    const unlabelled = { ...labels, hue: new Int32Array(EXAMPLES).fill(-1) };
    expect(() => leakageMatrix({ ...base, labels: unlabelled })).toThrow(/labels of "hue" must be present/);
    const texts = ['shape', 'hue'] as unknown as typeof tasks;
    expect(() => leakageMatrix({ ...base, tasks: texts })).toThrow(/tasks\[0\] must be a task/);
    expect(() => leakageMatrix({ ...base, sources: { size: teacher } })).toThrow(UnknownTaskError);
    expect(() => leakageMatrix({ ...base, labels: { shape: labels.shape } })).toThrow(UnknownTaskError);
    const short = { rows: 1, columns: 2, data: Float32Array.of(1, 2) };
    expect(() => leakageMatrix({ ...base, sources: { shape: short } })).toThrow(ShapeMismatchError);
    const wrong = { ...labels, hue: labels.hue.map((label) => label + 1) };
    expect(() => leakageMatrix({ ...base, labels: wrong })).toThrow(LabelOutOfRangeError);
    expect(() => leakageMatrix({ ...base, labels: wrong })).toThrow(/Task "hue" has 3 classes/);
  });

  it('has no mean without any pair, and gives the same numbers twice', () => {
    const request = {
      sources: { shape: teacher },
      reference: teacher,
      labels,
      tasks: tasks.slice(0, 1),
      split,
    };
    const { mean, maximum } = leakageMatrix(request);
    expect([mean, maximum]).toEqual([undefined, undefined]);
    expect(leakageMatrix(request)).toEqual(leakageMatrix(request));
  });

  it('has a row for what all share, its own task included, that is in no mean', () => {
    const sources = { shape: encode([labels.shape], 0.05, 'a'), hue: encode([labels.hue], 0.05, 'b') };
    const request = { sources, reference: teacher, labels, tasks, split };
    const { common, mean } = leakageMatrix({ ...request, common: teacher });
    const one = { value: 1, standardError: 0 };
    expect(common).toEqual({ shape: one, hue: one });
    expect(mean).toEqual(leakageMatrix(request).mean);
    expect(leakageMatrix(request).common).toBeUndefined();
  });

  it('compares each task with the reference that tells it best', () => {
    const [shape, hue] = [encode([labels.shape], 0.05, 'a'), encode([labels.hue], 0.05, 'b')];
    const base = { sources: {}, labels, tasks, split };
    const { reference } = leakageMatrix({ ...base, reference: [shape, hue] });
    expect([reference.shape?.accuracy, reference.hue?.accuracy]).toEqual([1, 1]);
    expect(() => leakageMatrix({ ...base, reference: [shape] })).toThrow(InvalidOptionError);
    expect(() => leakageMatrix({ ...base, reference: [] })).toThrow(/reference must be one at least/);
  });

  it('says by which probe, which may find what no line does', () => {
    // Two signs whose product says the hue, as far as it is red: no line tells.
    const data = randomStream(3, 'signs').normals(EXAMPLES * 2);
    const own = Int32Array.from({ length: EXAMPLES }, (_, row) =>
      Number((data[2 * row] as number) * (data[2 * row + 1] as number) > 0),
    );
    const request = {
      sources: { shape: { rows: EXAMPLES, columns: 2, data } },
      reference: encode([own], 0.05, 'teacher'),
      labels: { shape: labels.shape, hue: own },
      tasks,
      split,
    };
    const read = (probe: ReturnType<typeof linearProbe>) =>
      leakageMatrix({ ...request, tasks: tasks.slice(1), sources: {}, common: request.sources.shape, probe });
    const [line, kernel] = [read(linearProbe()), read(kernelProbe({ examples: 200 }))];
    expect([line.probe, kernel.probe, kernel.examples]).toEqual(['linear', 'kernel', EXAMPLES]);
    expect(line.common?.hue?.value).toBeLessThan(0.3);
    expect(kernel.common?.hue?.value).toBeGreaterThan(0.8);
  });

  it('has standard errors that cover what other draws of the test half give', () => {
    const [train, test] = [0, 1].map((half) =>
      Array.from({ length: EXAMPLES / 2 }, (_, index) => index + (half * EXAMPLES) / 2),
    ) as [number[], number[]];
    const sources = {
      shape: encode([labels.shape, labels.hue], 0.9, 'leaky'),
      hue: encode([labels.hue, labels.shape], 1.2, 'leaky, too'),
    };
    const request = { sources, reference: encode([labels.shape, labels.hue], 0.4, 'fair'), labels, tasks };
    const whole = leakageMatrix({ ...request, split: { train, test } });
    const parts = Array.from({ length: 20 }, (_, part) => {
      return leakageMatrix({ ...request, split: { train, test: test.slice(50 * part, 50 * part + 50) } });
    });
    const spread = (values: number[]) => {
      const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
      return Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1));
    };
    // A twentieth of the examples has √20 times the error, give or take a third.
    const told = Math.sqrt(20) * (whole.leakage.shape?.hue?.standardError as number);
    const seen = spread(parts.map((part) => leaked(part, 'shape', 'hue')));
    expect(told / seen).toBeGreaterThan(0.6);
    expect(told / seen).toBeLessThan(1.6);
    const mean = Math.sqrt(20) * (whole.mean?.standardError as number);
    expect(mean / spread(parts.map((part) => part.mean?.value as number))).toBeGreaterThan(0.6);
    expect(mean / spread(parts.map((part) => part.mean?.value as number))).toBeLessThan(1.6);
  });
});
