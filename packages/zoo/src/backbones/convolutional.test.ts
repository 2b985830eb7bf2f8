import { useBackend } from '@factornet/core';
import { InvalidOptionError } from '@factornet/spec';
import { ones, type Tensor, tidy } from '@tensorflow/tfjs';
import { beforeAll, describe, expect, it } from 'vitest';
import { describeBackbone } from '../conformance/describe-backbone';
import { convolutional } from './convolutional';

const inputShape = [8, 8, 3] as const;
const request = { inputShape, seed: 1, name: 'net' };

describe.each(['cpu', 'wasm'])('convolutional on %s', (backend) => {
  beforeAll(() => useBackend(backend));

  describeBackbone('convolutional', convolutional({ filters: [4, 6] }), { inputShape });
  describeBackbone(
    'convolutional, flattened, without normalization',
    convolutional({
      filters: [4, 6],
      kernelSize: [5, 3],
      strides: 2,
      features: 7,
      normalization: 'none',
      pooling: 'flatten',
    }),
    { inputShape },
  );
});

describe('convolutional', () => {
  beforeAll(() => useBackend('cpu'));

  it('halves the resolution in every block but the first', () => {
    const model = convolutional({ filters: [4, 6, 8] }).create(request);
    const shapes = [1, 2, 3].map((block) => model.getLayer(`net/block-${block}/relu`).outputShape);
    expect(shapes).toEqual([
      [null, 8, 8, 4],
      [null, 4, 4, 6],
      [null, 2, 2, 8],
    ]);
    model.dispose();
  });

  it('spends a bias only where no normalization follows', () => {
    const names = (normalization: 'batch' | 'none') => {
      const model = convolutional({ filters: [4], normalization }).create(request);
      const weights = model.weights.map((weight) => weight.originalName);
      model.dispose();
      return weights;
    };
    expect(names('batch')).not.toContain('net/block-1/convolution/bias');
    expect(names('none')).toEqual(['net/block-1/convolution/kernel', 'net/block-1/convolution/bias']);
  });

  it('drops values of its input, and all features of an example, in training alone and as its seed says', async () => {
    const options = { filters: [4], featuresDropout: 0.4, inputDropout: 0.3 } as const;
    const [model, plain] = [options, { filters: [4] }].map((each) => convolutional(each).create(request));
    const pictures = ones([40, 8, 8, 3]);
    const run = async (network: typeof model, training: boolean) => {
      const output = tidy(() => network?.apply(pictures, { training }) as Tensor);
      const values = (await output.array()) as number[][];
      output.dispose();
      return values;
    };
    expect(await run(model, false)).toEqual(await run(plain, false));
    const rows = await run(model, true);
    const dropped = rows.filter((row) => row.every((value) => value === 0)).length;
    expect(dropped).toBeGreaterThan(8);
    expect(dropped).toBeLessThan(24);
    // Pictures are alike, and what is dropped of each is not.
    expect(new Set(rows.map((row) => row.join())).size).toBeGreaterThan(16);
    for (const each of [model, plain]) each?.dispose();
    pictures.dispose();
  });

  it('states its options in full, lists written out', () => {
    expect(convolutional({ filters: [4, 6], features: 5 }).options).toEqual({
      filters: [4, 6],
      kernelSize: [3, 3],
      strides: [1, 2],
      features: 5,
      normalization: 'batch',
      pooling: 'average',
      activation: 'relu',
    });
  });

  it.each([
    { filters: [] },
    { filters: [4, 6], strides: [1] },
    { filters: [4, 6], kernelSize: [3, 3, 3] },
    { filters: [4], pooling: 'flatten' },
    { filters: [4], inputDropout: 1 },
    { filters: [4], featuresDropout: -0.1 },
  ] as const)('refuses %o', (options) => {
    expect(() => convolutional(options)).toThrow(InvalidOptionError);
  });
});
