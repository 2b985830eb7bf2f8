import { describe, expect, it } from 'vitest';
import { selectLabels } from './select-labels';

describe('selectLabels', () => {
  it('takes classes of examples in the order asked for, again if asked twice', () => {
    expect(selectLabels(Int32Array.of(5, -1, 7, 8), [2, 0, 2], 4)).toEqual(Int32Array.of(7, 5, 7));
  });

  it('takes all numbers of an example, of labels that are several', () => {
    const labels = Float32Array.of(0, 0.5, 1, 1.5, 2, 2.5);
    expect(selectLabels(labels, Int32Array.of(2, 0), 3)).toEqual(Float32Array.of(2, 2.5, 0, 0.5));
    expect(selectLabels(labels, [], 3)).toEqual(new Float32Array());
  });
});
