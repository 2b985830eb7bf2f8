import { conv2d, conv2dTranspose, depthwiseConv2d, randomUniform, type Tensor4D } from '@tensorflow/tfjs';
import { gradientsOf } from './gradients-of';
import type { KernelCase } from './kernel-case';

interface Convolution {
  readonly batch: number;
  /** Height and width of the input. */
  readonly size: readonly [number, number];
  readonly filterSize: readonly [number, number];
  readonly strides: number;
  readonly channels: readonly [input: number, output: number];
}

const square = (size: number): [number, number] => [size, size];
const convolution = (
  batch: number,
  size: number,
  filterSize: number,
  strides: number,
  input: number,
  output: number,
): Convolution => ({
  batch,
  size: square(size),
  filterSize: square(filterSize),
  strides,
  channels: [input, output],
});

/** Layers of ResNet-18, of the six-layer network, of MobileNetV2, and what is hard about large filters. */
export const convolutionCases: KernelCase[] = [
  ...[
    convolution(32, 32, 3, 1, 64, 64),
    convolution(32, 16, 3, 1, 128, 128),
    convolution(32, 4, 3, 1, 512, 512),
    convolution(32, 32, 3, 2, 64, 128),
    convolution(32, 8, 3, 2, 256, 512),
    convolution(32, 32, 1, 1, 64, 64),
    convolution(32, 16, 1, 1, 96, 16),
    convolution(32, 32, 1, 2, 64, 128),
    convolution(64, 32, 4, 2, 32, 32),
    convolution(64, 8, 4, 2, 128, 256),
    convolution(32, 32, 3, 1, 3, 64),
    convolution(64, 64, 4, 2, 3, 32),
    convolution(4, 64, 7, 2, 3, 64),
    convolution(4, 32, 7, 1, 32, 32),
    convolution(2, 32, 11, 1, 32, 32),
  ].map((each) => conv2dCase('Conv2D', each)),
  conv2dCase('Conv1D', { batch: 32, size: [1, 128], filterSize: [1, 5], strides: 1, channels: [64, 64] }),
  ...[convolution(32, 32, 4, 2, 32, 64), convolution(32, 32, 3, 2, 64, 64)].map(conv2dTransposeCase),
  ...[
    convolution(32, 32, 3, 1, 96, 96),
    convolution(32, 32, 3, 2, 96, 96),
    convolution(32, 16, 5, 1, 96, 96),
  ].map(depthwiseCase),
];

/** Conv1D is a Conv2D of height 1, so only the name and the shape tell it apart. */
function conv2dCase(kernel: string, sizes: Convolution): KernelCase {
  const { strides } = sizes;
  return {
    shape: explain(sizes),
    prepare() {
      const { x, filter } = tensorsOf(sizes, sizes.channels[1]);
      const dy = randomLike(conv2d(x, filter, strides, 'same'));
      const gradients = gradientsOf<'x' | 'filter'>('Conv2D', dy, [x, filter], attributes(strides));
      const work = { operations: 2 * filter.size * (dy.size / sizes.channels[1]) };
      return [
        { kernel, work, run: () => conv2d(x, filter, strides, 'same') },
        { kernel: `${kernel}BackpropFilter`, work, run: gradients.filter },
        { kernel: `${kernel}BackpropInput`, work, run: gradients.x },
      ];
    },
  };
}

/** `size` and `channels` are those of the output: the transposed convolution enlarges a picture to them. */
function conv2dTransposeCase(sizes: Convolution): KernelCase {
  const { strides } = sizes;
  return {
    shape: `to ${explain(sizes)}`,
    prepare() {
      const { x: output, filter } = tensorsOf(sizes, sizes.channels[1]);
      const input = randomLike(conv2d(output, filter, strides, 'same'));
      const gradients = gradientsOf<'dy' | 'filter'>(
        'Conv2DBackpropInput',
        output,
        [input, filter],
        attributes(strides),
      );
      const work = { operations: 2 * filter.size * (input.size / sizes.channels[1]) };
      return [
        {
          kernel: 'Conv2DTranspose',
          work,
          run: () => conv2dTranspose(input, filter, output.shape, strides, 'same'),
        },
        { kernel: 'Conv2DTransposeBackpropFilter', work, run: gradients.filter },
        { kernel: 'Conv2DTransposeBackpropInput', work, run: gradients.dy },
      ];
    },
  };
}

function depthwiseCase(sizes: Convolution): KernelCase {
  const { strides } = sizes;
  return {
    shape: explain(sizes),
    prepare() {
      const { x, filter } = tensorsOf(sizes, 1);
      const dy = randomLike(depthwiseConv2d(x, filter, strides, 'same'));
      const gradients = gradientsOf<'x' | 'filter'>(
        'DepthwiseConv2dNative',
        dy,
        [x, filter],
        attributes(strides),
      );
      const work = { operations: (2 * filter.size * dy.size) / sizes.channels[1] };
      return [
        { kernel: 'DepthwiseConv2dNative', work, run: () => depthwiseConv2d(x, filter, strides, 'same') },
        { kernel: 'DepthwiseConv2dNativeBackpropFilter', work, run: gradients.filter },
        { kernel: 'DepthwiseConv2dNativeBackpropInput', work, run: gradients.x },
      ];
    },
  };
}

function tensorsOf({ batch, size, filterSize, channels }: Convolution, filterOutputs: number) {
  return {
    x: randomUniform([batch, ...size, channels[0]], -1, 1, 'float32', 1) as Tensor4D,
    filter: randomUniform([...filterSize, channels[0], filterOutputs], -0.1, 0.1, 'float32', 2) as Tensor4D,
  };
}

/** Random numbers of a tensor's shape; the tensor itself is only asked for its shape. */
function randomLike(tensor: Tensor4D): Tensor4D {
  return randomUniform(tensor.shape, -1, 1, 'float32', 3);
}

function attributes(strides: number) {
  return { strides, pad: 'same', dataFormat: 'NHWC', dilations: [1, 1] };
}

function explain({ batch, size, filterSize, strides, channels }: Convolution): string {
  return `${filterSize.join('×')} /${strides}, ${channels.join('→')}, ${size.join('×')}, batch ${batch}`;
}
