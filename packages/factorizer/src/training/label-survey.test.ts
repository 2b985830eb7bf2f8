import { classSubsets, subset } from '@factornet/data';
import { describe, expect, it } from 'vitest';
import { keepTasks, numberedBackwards, taskNamed, tinyData } from '../testing/tiny';
import { surveyLabels } from './label-survey';

const data = tinyData(50);
const shape = taskNamed(data, 'shape');
const size = taskNamed(data, 'size');

describe('surveyLabels', () => {
  it('collects the labels of every example and their entropy', async () => {
    const { labels, entropy } = await surveyLabels(keepTasks(data, ['size']), [shape, size]);
    const all = await data.read(Array.from({ length: 50 }, (_, index) => index));
    expect(labels).toEqual({ size: all.labels.size });
    expect((await surveyLabels(numberedBackwards(data), [size])).labels).toEqual(labels);
    const shares = size.classes.map(
      (_, k) => (all.labels.size as Int32Array).filter((label) => label === k).length / 50,
    );
    expect(entropy.size).toBeCloseTo(
      -shares.reduce((sum, p) => sum + (p === 0 ? 0 : p * Math.log(p)), 0),
      10,
    );
    // Not labelled: the most it can be.
    expect(entropy.shape).toBeCloseTo(Math.log(shape.classes.length), 10);
  });

  it('reads no picture where labels are known without', async () => {
    const source = tinyData(50);
    const divided = classSubsets(subset(source, [4, 5, 6, 7, 8, 9]), 'size', { two: ['small', 'large'] });
    const expected = (await divided.read([0, 1, 2, 3, 4, 5])).labels;
    Object.assign(source, { read: () => Promise.reject(new Error('a picture was read')) });
    expect((await surveyLabels(divided, divided.tasks)).labels).toEqual(expected);
  });

  it('counts labelled examples only', async () => {
    const [first, second] = shape.classes as [string, string];
    const subsets = classSubsets(data, 'shape', { two: [first, second] });
    const { labels, entropy } = await surveyLabels(subsets, subsets.tasks);
    const ones = (labels.two as Int32Array).filter((label) => label === 1).length;
    const zeros = (labels.two as Int32Array).filter((label) => label === 0).length;
    const p = ones / (ones + zeros);
    expect(ones + zeros).toBeLessThan(50);
    expect(entropy.two).toBeCloseTo(-p * Math.log(p) - (1 - p) * Math.log(1 - p), 10);
  });
});
