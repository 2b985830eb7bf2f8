import { useBackend } from '@factornet/core';
import { expectNoLeak } from '@factornet/core/testing';
import { ones, type Tensor } from '@tensorflow/tfjs';
import { beforeAll, describe, expect, it } from 'vitest';
import { classificationHead } from './classification-head';

const options = { features: 6, classes: 4, seed: 1, name: 'head' };

describe('classificationHead', () => {
  beforeAll(() => useBackend('cpu'));

  it('is one linear layer by default', () => {
    const head = classificationHead(options);
    expect(head.layers.map(({ name }) => name)).toEqual(['head/input', 'head/logits']);
    const logits = head.predict(ones([2, 6])) as Tensor;
    expect(logits.shape).toEqual([2, 4]);
    head.dispose();
  });

  it('gives logits, not probabilities', async () => {
    const head = classificationHead(options);
    const [one, two] = [head.predict(ones([1, 6])) as Tensor, head.predict(ones([1, 6]).mul(2)) as Tensor];
    const doubled = [...(await one.data())].map((value) => Math.fround(2 * value));
    expect([...(await two.data())]).toEqual(doubled);
    head.dispose();
  });

  it('has the hidden layers asked for', () => {
    const head = classificationHead({ ...options, hidden: [8, 5] });
    expect(head.layers.map(({ name, outputShape }) => [name, outputShape])).toEqual([
      ['head/input', [null, 6]],
      ['head/hidden-1', [null, 8]],
      ['head/hidden-2', [null, 5]],
      ['head/logits', [null, 4]],
    ]);
    head.dispose();
  });

  it('starts from its seed and name', async () => {
    const kernel = async (changed: Partial<typeof options>) => {
      const head = classificationHead({ ...options, ...changed });
      const values = [...((await head.weights[0]?.read().data()) ?? [])];
      head.dispose();
      return values;
    };
    expect(await kernel({})).toEqual(await kernel({}));
    expect(await kernel({ seed: 2 })).not.toEqual(await kernel({}));
    expect(await kernel({ name: 'other' })).not.toEqual(await kernel({}));
  });

  it('leaves no tensor behind', () =>
    expectNoLeak(() => {
      classificationHead({ ...options, hidden: [3] }).dispose();
    }));
});
