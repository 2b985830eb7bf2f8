import { useBackend } from '@factornet/core';
import { beforeAll, describe, expect, it } from 'vitest';
import { convolutional } from '../backbones/convolutional';
import { countParameters } from './count-parameters';

describe('countParameters', () => {
  beforeAll(() => useBackend('cpu'));

  it('counts what the weight file holds, running statistics included', () => {
    const model = convolutional({ filters: [4], features: 5 }).create({
      inputShape: [8, 8, 3],
      seed: 1,
      name: 'n',
    });
    expect(countParameters(model)).toBe(9 * 3 * 4 + 4 * 4 + (4 * 5 + 5));
    expect(countParameters(model)).toBe(model.countParams());
    model.trainable = false;
    expect(countParameters(model)).toBe(9 * 3 * 4 + 4 * 4 + (4 * 5 + 5));
    model.dispose();
  });
});
