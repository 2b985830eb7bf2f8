import { useBackend } from '@factornet/core';
import { layers, model, sequential } from '@tensorflow/tfjs';
import { beforeAll, describe, expect, it } from 'vitest';
import { convolutional } from '../backbones/convolutional';
import { multiTaskClassifier } from '../heads/multi-task-classifier';
import { countMultiplyAdds } from './count-multiply-adds';

const request = { inputShape: [8, 8, 3], seed: 1, name: 'net' } as const;

describe('countMultiplyAdds', () => {
  beforeAll(() => useBackend('cpu'));

  it('counts each convolution at its own resolution, and dense layers', () => {
    const network = convolutional({ filters: [4, 6], features: 5 }).create(request);
    expect(countMultiplyAdds(network)).toBe(9 * 3 * 4 * 64 + 9 * 4 * 6 * 16 + 6 * 5);
    network.dispose();
  });

  it('counts each channel of a depthwise convolution alone', () => {
    const network = sequential({
      layers: [layers.depthwiseConv2d({ inputShape: [8, 8, 3], kernelSize: 3, strides: 2, padding: 'same' })],
    });
    expect(countMultiplyAdds(network)).toBe(9 * 3 * 16);
    network.dispose();
  });

  it('counts a separable convolution as its two halves', () => {
    const network = sequential({
      layers: [layers.separableConv2d({ inputShape: [8, 8, 3], filters: 5, kernelSize: 3, padding: 'same' })],
    });
    expect(countMultiplyAdds(network)).toBe((9 * 3 + 3 * 5) * 64);
    network.dispose();
  });

  it('counts every head, and models within models', () => {
    const tasks = [
      { name: 'a', classes: 2 },
      { name: 'b', classes: 3 },
    ];
    const inner = multiTaskClassifier({ backbone: convolutional({ filters: [4] }), tasks, ...request });
    expect(countMultiplyAdds(inner)).toBe(9 * 3 * 4 * 64 + 4 * 2 + 4 * 3);
    const outer = model({ inputs: inner.inputs, outputs: inner.apply(inner.inputs) as never });
    expect(countMultiplyAdds(outer)).toBe(countMultiplyAdds(inner));
    outer.dispose();
  });
});
