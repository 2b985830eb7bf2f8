import * as tf from '@tensorflow/tfjs';
import { afterEach, describe, expect, it } from 'vitest';
import { registerTrainingKernels, unregisterTrainingKernels } from './index';

const ours = ['Conv2DBackpropFilter', 'DepthwiseConv2dNativeBackpropFilter', 'UnsortedSegmentSum'];
const replaced = ['Conv2DBackpropInput', 'BatchMatMul', '_FusedMatMul', 'Sum', 'Mean', 'Conv2D'];

afterEach(registerTrainingKernels);

describe('registerTrainingKernels', () => {
  it('registers on import, and does nothing the second time', () => {
    const before = [...ours, ...replaced].map((name) => tf.getKernel(name, 'wasm').kernelFunc);
    registerTrainingKernels();
    expect([...ours, ...replaced].map((name) => tf.getKernel(name, 'wasm').kernelFunc)).toEqual(before);
  });

  it('is undone by unregisterTrainingKernels, and can be done again', async () => {
    const kernelsBefore = replaced.map((name) => tf.getKernel(name, 'wasm').kernelFunc);
    const gradientBefore = tf.getGradient('FusedBatchNorm').gradFunc;
    unregisterTrainingKernels();
    unregisterTrainingKernels();
    for (const name of ours) expect(tf.getKernel(name, 'wasm')).toBeUndefined();
    replaced.forEach((name, index) => {
      expect(tf.getKernel(name, 'wasm').kernelFunc).not.toBe(kernelsBefore[index]);
    });
    expect(tf.getGradient('FusedBatchNorm').gradFunc).not.toBe(gradientBefore);

    await tf.setBackend('wasm');
    const gradient = () =>
      tf.tidy(() =>
        tf.grad((w) => tf.conv2d(tf.ones([1, 3, 3, 1]) as tf.Tensor4D, w as tf.Tensor4D, 1, 'same'))(
          tf.ones([2, 2, 1, 1]),
        ),
      );
    expect(gradient).toThrow(/Conv2DBackpropFilter/);
    registerTrainingKernels();
    const restored = gradient();
    expect(Array.from(await restored.data())).toEqual([9, 6, 6, 4]);
    restored.dispose();
  });
});
