import {
  avgPool,
  batchNorm,
  maxPool,
  randomUniform,
  type Tensor1D,
  type Tensor4D,
  unsortedSegmentSum,
} from '@tensorflow/tfjs';
import { gradientsOf } from './gradients-of';
import { bytesOf, type KernelCase } from './kernel-case';

/** Kernels that the memory bounds: the bytes are each input read once and each output written once. */
export const memoryBoundCases: KernelCase[] = [
  batchNormalization([32, 32, 32, 64]),
  batchNormalization([32, 8, 8, 256]),
  pooling([32, 32, 32, 64]),
  segmentSum(16_384, 64, 1000),
];

type Shape4D = [batch: number, height: number, width: number, channels: number];

/** The gradients with respect to all five inputs, as batch normalization in training needs them. */
function batchNormalization(shape: Shape4D): KernelCase {
  return {
    shape: shape.join('×'),
    prepare() {
      const x = randomUniform(shape, -1, 1, 'float32', 1) as Tensor4D;
      const dy = randomUniform(shape, -1, 1, 'float32', 2) as Tensor4D;
      const channels: [number] = [shape[3]];
      const mean = randomUniform(channels, -1, 1, 'float32', 3) as Tensor1D;
      const variance = randomUniform(channels, 0.5, 2, 'float32', 4) as Tensor1D;
      const scale = randomUniform(channels, 0.5, 2, 'float32', 5) as Tensor1D;
      return [
        {
          kernel: 'FusedBatchNorm',
          work: { bytes: bytesOf(x, x) },
          run: () => batchNorm(x, mean, variance, mean, scale),
        },
        {
          kernel: 'FusedBatchNorm, gradient',
          work: { bytes: bytesOf(x, dy, x) },
          run: () => {
            const saved = [x, mean, variance, scale];
            const gradients = gradientsOf<'x' | 'mean' | 'variance' | 'scale' | 'offset'>(
              'FusedBatchNorm',
              dy,
              saved,
              {
                varianceEpsilon: 1e-3,
              },
            );
            return Object.values(gradients).map((gradient) => gradient());
          },
        },
      ];
    },
  };
}

function pooling(shape: Shape4D): KernelCase {
  return {
    shape: `2×2 /2, ${shape.join('×')}`,
    prepare() {
      const x = randomUniform(shape, -1, 1, 'float32', 1) as Tensor4D;
      const y = maxPool(x, 2, 2, 'valid');
      const dy = randomUniform(y.shape, -1, 1, 'float32', 2);
      const attributes = { filterSize: 2, strides: 2, pad: 'valid' };
      return [
        { kernel: 'MaxPool', work: { bytes: bytesOf(x, y) }, run: () => maxPool(x, 2, 2, 'valid') },
        {
          kernel: 'MaxPoolGrad',
          work: { bytes: bytesOf(x, y, dy, x) },
          run: () => gradientsOf<'x'>('MaxPool', dy, [x, y], attributes).x(),
        },
        { kernel: 'AvgPool', work: { bytes: bytesOf(x, y) }, run: () => avgPool(x, 2, 2, 'valid') },
        {
          kernel: 'AvgPoolGrad',
          work: { bytes: bytesOf(dy, x) },
          run: () => gradientsOf<'x'>('AvgPool', dy, [x], attributes).x(),
        },
      ];
    },
  };
}

/** The gradient of an embedding: rows of the upstream gradient summed by word. */
function segmentSum(rows: number, width: number, segments: number): KernelCase {
  return {
    shape: `${rows}×${width} into ${segments}`,
    prepare() {
      const values = randomUniform([rows, width], -1, 1, 'float32', 1);
      const words = randomUniform([rows], 0, segments, 'int32', 2) as Tensor1D;
      return [
        {
          kernel: 'UnsortedSegmentSum',
          work: { bytes: bytesOf(values, words, { size: segments * width }) },
          run: () => unsortedSegmentSum(values, words, segments),
        },
      ];
    },
  };
}
