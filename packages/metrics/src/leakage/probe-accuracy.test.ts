import { randomStream } from '@factornet/core/training';
import { InvalidOptionError } from '@factornet/spec';
import { describe, expect, it } from 'vitest';
import { probeAccuracy } from './probe-accuracy';

const task = { name: 'side', classes: ['left', 'right'] };
const stream = randomStream(1, 'labels');
const labels = Int32Array.from({ length: 200 }, () => Number(stream.uniform() < 0.7));
const matrix = (data: number[]) => ({ rows: labels.length, columns: 1, data: Float32Array.from(data) });

describe('probeAccuracy', () => {
  it('reads all of a label that features tell, and no more than the guess of what they do not', () => {
    const told = probeAccuracy({ features: matrix([...labels]), labels, task, split: { seed: 1 } });
    expect(told.accuracy).toBe(1);
    expect(told.tested).toBe(100);
    const untold = probeAccuracy({
      features: matrix(new Array(200).fill(3)),
      labels,
      task,
      split: { seed: 1 },
    });
    // 0.7 of the labels, give or take.
    expect(untold.accuracy).toBe(untold.chance);
    expect(Math.abs(untold.chance - 0.7)).toBeLessThan(0.15);
    expect(untold.standardError).toBeCloseTo(Math.sqrt((untold.chance * (1 - untold.chance)) / 100), 10);
  });

  it('cuts equal codes apart', () => {
    // One of two codes: were equal ones kept together, a half would lack a class.
    const { chance } = probeAccuracy({ features: matrix([...labels]), labels, task, split: { seed: 3 } });
    expect(chance).toBeLessThan(1);
  });

  it('refuses labels of which a half has none', () => {
    const none = new Int32Array(200).fill(-1);
    const request = { features: matrix([...labels]), labels: none, task, split: { seed: 1 } };
    expect(() => probeAccuracy(request)).toThrow(InvalidOptionError);
  });
});
