import { backend_util, type KernelConfig, type NamedTensorInfoMap, type TensorInfo } from '@tensorflow/tfjs';
import { floatsOf, makeZeros, type WasmBackend } from '../wasm-backend';

interface PoolAttributes {
  filterSize: number;
  strides: number;
  pad: number;
  dimRoundingMode?: 'ceil';
}

/** Windows over `[batch, depth, height, width, channels]`, each triple in that order. */
interface Windows {
  source: number[];
  output: number[];
  filter: number[];
  stride: number[];
  pad: number[];
  /** Where the padding behind the source ends. */
  end: number[];
  channels: number;
  batch: number;
}

function volumeWindows(
  shape: number[],
  { filterSize, strides, pad, dimRoundingMode }: PoolAttributes,
): Windows {
  const five = shape as [number, number, number, number, number];
  const info = backend_util.computePool3DInfo(five, filterSize, strides, 1, pad, dimRoundingMode);
  return {
    batch: info.batchSize,
    channels: info.inChannels,
    source: [info.inDepth, info.inHeight, info.inWidth],
    output: [info.outDepth, info.outHeight, info.outWidth],
    filter: [info.filterDepth, info.filterHeight, info.filterWidth],
    stride: [info.strideDepth, info.strideHeight, info.strideWidth],
    pad: [info.padInfo.front, info.padInfo.top, info.padInfo.left],
    end: [
      info.inDepth + info.padInfo.back,
      info.inHeight + info.padInfo.bottom,
      info.inWidth + info.padInfo.right,
    ],
  };
}

/** Where the window at `position` begins and ends inside the source, along one axis, and its length with the padding. */
function span(position: number, axis: number, { source, filter, stride, pad, end }: Windows) {
  const start = position * (stride[axis] as number) - (pad[axis] as number);
  const length = filter[axis] as number;
  const [first, last] = [Math.max(start, 0), Math.min(start + length, source[axis] as number)];
  return [first, last, Math.min(length, (end[axis] as number) - start)] as const;
}

/**
 * Calls back with every window, in the order of the output: where in the source the pixels inside of it begin, and how
 * many there are with the padding. What a size that was rounded up shows behind the padding does not count.
 */
function forEachWindow(windows: Windows, visit: (pixels: number[], count: number) => void): void {
  const { batch, channels, source, output } = windows;
  const [depth, height, width] = source as [number, number, number];
  for (let image = 0; image < batch; image++) {
    for (let d = 0; d < (output[0] as number); d++) {
      const [d0, d1, deep] = span(d, 0, windows);
      for (let r = 0; r < (output[1] as number); r++) {
        const [r0, r1, high] = span(r, 1, windows);
        for (let c = 0; c < (output[2] as number); c++) {
          const [c0, c1, wide] = span(c, 2, windows);
          const pixels: number[] = [];
          for (let xd = d0; xd < d1; xd++) {
            for (let xr = r0; xr < r1; xr++) {
              for (let xc = c0; xc < c1; xc++) {
                pixels.push((((image * depth + xd) * height + xr) * width + xc) * channels);
              }
            }
          }
          visit(pixels, deep * high * wide);
        }
      }
    }
  }
}

/** Calls back with every window: per channel where in the source the (last) largest number lies, or -1. */
function forEachMaximum(x: Float32Array, windows: Windows, visit: (maxima: Int32Array) => void): void {
  const largest = new Float32Array(windows.channels);
  const maxima = new Int32Array(windows.channels);
  forEachWindow(windows, (pixels) => {
    largest.fill(Number.NEGATIVE_INFINITY);
    maxima.fill(-1);
    for (const at of pixels) {
      for (let channel = 0; channel < maxima.length; channel++) {
        const value = x[at + channel] as number;
        if (value >= (largest[channel] as number)) {
          largest[channel] = value;
          maxima[channel] = at + channel;
        }
      }
    }
    visit(maxima);
  });
}

/**
 * The gradient of max pooling: each number of dy goes to the last of the largest pixels of its window, as on the CPU
 * backend. The stock kernels start from the smallest *positive* float, so that windows of negative numbers lose their
 * gradient.
 */
const maxPool3DGradConfig: KernelConfig = {
  kernelName: 'MaxPool3DGrad',
  backendName: 'wasm',
  kernelFunc: ({ inputs, backend: anyBackend, attrs }) => {
    const backend = anyBackend as WasmBackend;
    const { dy, input } = inputs as NamedTensorInfoMap & { dy: TensorInfo; input: TensorInfo };
    const windows = volumeWindows(input.shape, attrs as unknown as PoolAttributes);
    const dx = makeZeros(backend, input.shape);
    const [x, upstream, gradient] = [floatsOf(backend, input), floatsOf(backend, dy), floatsOf(backend, dx)];
    let from = 0;
    forEachMaximum(x, windows, (maxima) => {
      for (let channel = 0; channel < maxima.length; channel++) {
        const target = maxima[channel] as number;
        if (target >= 0)
          gradient[target] = (gradient[target] as number) + (upstream[from + channel] as number);
      }
      from += maxima.length;
    });
    return dx;
  },
};

/** Max pooling of volumes; the stock kernel has the same wrong start. */
const maxPool3DConfig: KernelConfig = {
  kernelName: 'MaxPool3D',
  backendName: 'wasm',
  kernelFunc: ({ inputs, backend: anyBackend, attrs }) => {
    const backend = anyBackend as WasmBackend;
    const { x: input } = inputs as NamedTensorInfoMap & { x: TensorInfo };
    const windows = volumeWindows(input.shape, attrs as unknown as PoolAttributes);
    const { batch, output, channels } = windows;
    const result = backend.makeOutput([batch, ...output, channels], 'float32');
    const [x, y] = [floatsOf(backend, input), floatsOf(backend, result)];
    let at = 0;
    forEachMaximum(x, windows, (maxima) => {
      for (const source of maxima) y[at++] = source < 0 ? Number.NEGATIVE_INFINITY : (x[source] as number);
    });
    return result;
  },
};

/**
 * The gradient of average pooling: each number of dy in equal shares to the pixels of its window and to its padding, as
 * in two dimensions. The stock kernel divides by the whole filter where a size was rounded up, too.
 */
const avgPool3DGradConfig: KernelConfig = {
  kernelName: 'AvgPool3DGrad',
  backendName: 'wasm',
  kernelFunc: ({ inputs, backend: anyBackend, attrs }) => {
    const backend = anyBackend as WasmBackend;
    const { dy, input } = inputs as NamedTensorInfoMap & { dy: TensorInfo; input: TensorInfo };
    const windows = volumeWindows(input.shape, attrs as unknown as PoolAttributes);
    const dx = makeZeros(backend, input.shape);
    const [upstream, gradient] = [floatsOf(backend, dy), floatsOf(backend, dx)];
    let from = 0;
    forEachWindow(windows, (pixels, count) => {
      for (const at of pixels) {
        for (let channel = 0; channel < windows.channels; channel++) {
          const share = (upstream[from + channel] as number) / count;
          gradient[at + channel] = (gradient[at + channel] as number) + share;
        }
      }
      from += windows.channels;
    });
    return dx;
  },
};

export const poolVolumeConfigs: KernelConfig[] = [avgPool3DGradConfig, maxPool3DConfig, maxPool3DGradConfig];
