import { useBackend } from '@factornet/core';
import { expectCloseArrays } from '@factornet/core/testing';
import { InvalidOptionError } from '@factornet/spec';
import {
  model as buildModel,
  randomNormal,
  type SymbolicTensor,
  type Tensor,
  zerosLike,
} from '@tensorflow/tfjs';
import { beforeAll, describe, expect, it } from 'vitest';
import { describeBackbone } from '../conformance/describe-backbone';
import { countMultiplyAdds } from '../counts/count-multiply-adds';
import { countParameters } from '../counts/count-parameters';
import { mobileNetV2 } from './mobile-net-v2';

const request = { inputShape: [16, 16, 3], seed: 1, name: 'net' } as const;
const small = { width: 0.1, stemStride: 1, strides: [1, 1, 2, 1, 1, 2, 1] } as const;

/** The weights that gradients move: `countParameters` without the moving statistics. */
function trainableParameters(model: ReturnType<ReturnType<typeof mobileNetV2>['create']>): number {
  const sizes = model.trainableWeights.map(({ shape }) => shape as number[]);
  return sizes.reduce((total, shape) => total + shape.reduce((size, axis) => size * axis, 1), 0);
}

describe.each(['cpu', 'wasm'])('mobileNetV2 on %s', (backend) => {
  beforeAll(() => useBackend(backend));

  // Few channels, and few positions: the CPU backend takes its time over 52 layers and 1280 features.
  describeBackbone('mobileNetV2', mobileNetV2({ ...small, features: 5 }), { inputShape: [8, 8, 3] });
});

describe('mobileNetV2', () => {
  beforeAll(() => useBackend('cpu'));

  it('has the published size: 3,504,872 weights with 1000 classes', () => {
    const model = mobileNetV2({ features: 1000 }).create({ ...request, inputShape: [224, 224, 3] });
    expect(trainableParameters(model)).toBe(3_504_872);
    // Two moving statistics for each normalized channel, of which scale and offset are the trainable half.
    expect(countParameters(model)).toBe(3_504_872 + 34_112);
    model.dispose();
  });

  // Keras's documentation of the authors' checkpoints: width, millions of multiply-adds, millions of weights in
  // convolutions and the classifier, both at 224×224 with 1000 classes.
  it.each([
    [0.35, 59, 1.66],
    [0.5, 97, 1.95],
    [0.75, 209, 2.61],
    [1, 300, 3.47],
    [1.3, 509, 5.34],
    [1.4, 582, 6.06],
  ])('has the published cost and size at width %d', (width, multiplyAdds, weights) => {
    const model = mobileNetV2({ width, features: 1000 }).create({ ...request, inputShape: [224, 224, 3] });
    expect(Math.floor(countMultiplyAdds(model) / 1e6)).toBe(multiplyAdds);
    const normalization = model.layers.filter((layer) => layer.getClassName() === 'BatchNormalization');
    const normalized = normalization.reduce(
      (total, { outputShape }) => total + (outputShape.at(-1) as number),
      0,
    );
    expect((countParameters(model) - 4 * normalized) / 1e6).toBeCloseTo(weights, 2);
    model.dispose();
  });

  it('reduces a picture by its strides', () => {
    const shapeOf = (inputShape: [number, number, number], options?: Parameters<typeof mobileNetV2>[0]) => {
      const model = mobileNetV2({ width: 0.1, ...options }).create({ ...request, inputShape });
      const { outputShape } = model.getLayer('net/last/relu6');
      model.dispose();
      return outputShape;
    };
    expect(shapeOf([224, 224, 3])).toEqual([null, 7, 7, 1280]);
    expect(shapeOf([32, 32, 3], { stemStride: 1, strides: [1, 1, 2, 2, 1, 2, 1] })).toEqual([
      null,
      4,
      4,
      1280,
    ]);
  });

  it('adds the input to the second and later blocks of a stage, as published', () => {
    const model = mobileNetV2().create(request);
    const sums = model.layers.map(({ name }) => name).filter((name) => name.endsWith('/sum'));
    const later = [0, 1, 2, 3, 2, 2, 0].flatMap((count, stage) =>
      Array.from({ length: count }, (_, block) => `net/stage-${stage + 1}/block-${block + 2}/sum`),
    );
    expect(sums).toEqual(later);
    model.dispose();
  });

  it('passes the input of a block on when its convolutions give 0', async () => {
    const model = mobileNetV2(small).create(request);
    const gamma = model.getLayer('net/stage-2/block-2/projection/normalization').trainableWeights[0];
    gamma?.write(zerosLike(gamma.read()));
    const layerOutput = (name: string) => model.getLayer(name).output as SymbolicTensor;
    const [before, after] = buildModel({
      inputs: model.inputs,
      outputs: [layerOutput('net/stage-2/block-1/sum'), layerOutput('net/stage-2/block-2/sum')],
    }).predict(randomNormal([2, 16, 16, 3], 0, 1, 'float32', 1)) as Tensor[];
    expectCloseArrays(await (after as Tensor).data(), await (before as Tensor).data());
    model.dispose();
  });

  it('is linear where it narrows, and within [0, 6] where it does not', async () => {
    const model = mobileNetV2(small).create(request);
    const layerOutput = (name: string) => model.getLayer(name).output as SymbolicTensor;
    const [narrow, wide] = buildModel({
      inputs: model.inputs,
      outputs: [
        layerOutput('net/stage-2/block-1/projection/normalization'),
        layerOutput('net/stage-2/block-1/depthwise/relu6'),
      ],
    }).predict(randomNormal([2, 16, 16, 3], 0, 100, 'float32', 1)) as Tensor[];
    expect(Math.min(...(await (narrow as Tensor).data()))).toBeLessThan(0);
    const values = await (wide as Tensor).data();
    expect(Math.min(...values)).toBe(0);
    expect(Math.max(...values)).toBe(6);
    model.dispose();
  });

  it('states its options in full', () => {
    expect(mobileNetV2().options).toEqual({ width: 1, stemStride: 2, strides: [1, 2, 2, 2, 1, 2, 1] });
    expect(mobileNetV2({ width: 1.4 }).features).toBe(1792);
    expect(mobileNetV2({ width: 0.5 }).features).toBe(1280);
  });

  it('refuses no width, and strides that are not one per stage', () => {
    expect(() => mobileNetV2({ width: 0 })).toThrow(InvalidOptionError);
    expect(() => mobileNetV2({ width: Number.NaN })).toThrow(InvalidOptionError);
    expect(() => mobileNetV2({ strides: [1, 2] })).toThrow(InvalidOptionError);
  });
});
