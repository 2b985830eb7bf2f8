import { useBackend } from '@factornet/core';
import { expectCloseArrays } from '@factornet/core/testing';
import { InvalidOptionError } from '@factornet/spec';
import { model as buildModel, randomNormal, type Tensor, zerosLike } from '@tensorflow/tfjs';
import { beforeAll, describe, expect, it } from 'vitest';
import { describeBackbone } from '../conformance/describe-backbone';
import { countParameters } from '../counts/count-parameters';
import { residual } from './residual';

const inputShape = [8, 8, 3] as const;
const request = { inputShape, seed: 1, name: 'net' };

describe.each(['cpu', 'wasm'])('residual on %s', (backend) => {
  beforeAll(() => useBackend(backend));

  describeBackbone('residual', residual({ filters: [4, 6] }), { inputShape });
  describeBackbone(
    'residual, two blocks a stage',
    residual({ filters: [4, 4], blocksPerStage: 2, stemStride: 2, features: 5 }),
    { inputShape },
  );
});

describe('residual', () => {
  beforeAll(() => useBackend('cpu'));

  it('has the size of ResNet-20 with three stages of three blocks', () => {
    const model = residual({ filters: [16, 32, 64], blocksPerStage: 3, features: 10 }).create({
      ...request,
      inputShape: [32, 32, 3],
    });
    // 3×3 kernels, 1×1 shortcuts of two stages, four numbers per normalized channel, 64·10 + 10.
    const kernels = 9 * (3 * 16 + 6 * 16 ** 2 + 16 * 32 + 5 * 32 ** 2 + 32 * 64 + 5 * 64 ** 2);
    const shortcuts = 16 * 32 + 32 * 64;
    const normalization = 4 * (7 * 16 + 7 * 32 + 7 * 64);
    expect(countParameters(model)).toBe(kernels + shortcuts + normalization + 650);
    model.dispose();
  });

  it('passes the input of a block on when its convolutions give 0', async () => {
    const model = residual({ filters: [4] }).create(request);
    const block = 'net/stage-1/block-1';
    const gamma = model.getLayer(`${block}/second/normalization`).trainableWeights[0];
    gamma?.write(zerosLike(gamma.read()));
    const images = randomNormal([2, 8, 8, 3], 0, 1, 'float32', 1);
    const stem = buildModel({ inputs: model.inputs, outputs: model.getLayer('net/stem/relu').output });
    const features = model.predict(images) as Tensor;
    // Average pooling follows; the stem is not negative, so the last ReLU changes nothing.
    expectCloseArrays(await features.data(), await (stem.predict(images) as Tensor).mean([1, 2]).data());
    model.dispose();
  });

  it('puts a shortcut only where the shape changes', () => {
    const model = residual({ filters: [4, 4, 8], blocksPerStage: 2 }).create(request);
    const shortcuts = model.layers
      .map(({ name }) => name)
      .filter((name) => /shortcut\/convolution$/.test(name));
    expect(shortcuts).toEqual([
      'net/stage-2/block-1/shortcut/convolution',
      'net/stage-3/block-1/shortcut/convolution',
    ]);
    model.dispose();
  });

  it('refuses no filters and no blocks', () => {
    expect(() => residual({ filters: [] })).toThrow(InvalidOptionError);
    expect(() => residual({ filters: [4], blocksPerStage: 0 })).toThrow(InvalidOptionError);
  });
});
