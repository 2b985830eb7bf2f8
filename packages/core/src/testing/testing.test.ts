import { tensor1d } from '@tensorflow/tfjs';
import { describe, expect, it } from 'vitest';
import { useBackend } from '../backend/use-backend';
import { expectCloseArrays } from './close-arrays';
import { expectNoLeak } from './no-leak';

describe('expectCloseArrays', () => {
  it('accepts what lies within either tolerance', () => {
    expectCloseArrays([1, 1000], [1 + 1e-7, 1000.005]);
    expectCloseArrays([0.4], [0], { absolute: 0.5 });
    expectCloseArrays([Number.POSITIVE_INFINITY], [Number.POSITIVE_INFINITY]);
  });

  it('names the worst element of what does not', () => {
    expect(() => expectCloseArrays([1, 2.1, 9], [1, 2, 3])).toThrow(/element 2: received 9, expected 3/);
    expect(() => expectCloseArrays([Number.NaN, 1], [0, 1])).toThrow(/element 0: received NaN/);
    expect(() => expectCloseArrays([Number.POSITIVE_INFINITY], [1])).toThrow(/element 0/);
    expect(() => expectCloseArrays([1], [1, 2])).toThrow(/number of elements/);
  });
});

describe('expectNoLeak', () => {
  it('notices a tensor that the second run leaves behind', async () => {
    await useBackend('cpu');
    const left = [tensor1d([0])];
    await expect(expectNoLeak(() => left.push(tensor1d([1])))).rejects.toThrow(/tensors left behind/);
    await expectNoLeak(() => tensor1d([1]).dispose());
    for (const tensor of left) tensor.dispose();
  });
});
