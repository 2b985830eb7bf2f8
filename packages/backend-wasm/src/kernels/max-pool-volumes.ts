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
  };
}

/** Where the window at `position` begins and ends inside the source, along one axis. */
function span(position: number, axis: number, { source, filter, stride, pad }: Windows): [number, number] {
  const start = position * (stride[axis] as number) - (pad[axis] as number);
  return [Math.max(start, 0), Math.min(start + (filter[axis] as number), source[axis] as number)];
}

/** Calls back with every output position, and per channel where in the source the (first) largest number lies. */
function forEachMaximum(
  x: Float32Array,
  windows: Windows,
  visit: (batch: number, position: [number, number, number], maxima: Int32Array) => void,
): void {
  const { batch, channels, source, output } = windows;
  const [depth, height, width] = source as [number, number, number];
  const largest = new Float32Array(channels);
  const maxima = new Int32Array(channels);
  for (let image = 0; image < batch; image++) {
    for (let d = 0; d < (output[0] as number); d++) {
      const [d0, d1] = span(d, 0, windows);
      for (let r = 0; r < (output[1] as number); r++) {
        const [r0, r1] = span(r, 1, windows);
        for (let c = 0; c < (output[2] as number); c++) {
          const [c0, c1] = span(c, 2, windows);
          largest.fill(Number.NEGATIVE_INFINITY);
          maxima.fill(-1);
          for (let xd = d0; xd < d1; xd++) {
            for (let xr = r0; xr < r1; xr++) {
              for (let xc = c0; xc < c1; xc++) {
                const at = (((image * depth + xd) * height + xr) * width + xc) * channels;
                for (let channel = 0; channel < channels; channel++) {
                  const value = x[at + channel] as number;
                  if (value > (largest[channel] as number)) {
                    largest[channel] = value;
                    maxima[channel] = at + channel;
                  }
                }
              }
            }
          }
          visit(image, [d, r, c], maxima);
        }
      }
    }
  }
}

/**
 * The gradient of max pooling: each number of dy goes to the first largest pixel of its window. The stock kernels
 * start from the smallest *positive* float, so that windows of negative numbers lose their gradient, and take the
 * last of equal pixels where the CPU backend takes the first.
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
    // dy's own shape: pooling that rounded up gives one row more than its gradient is told of.
    const [depth, rows, columns] = dy.shape.slice(1, 4) as [number, number, number];
    forEachMaximum(x, windows, (image, [d, r, c], maxima) => {
      const from = (((image * depth + d) * rows + r) * columns + c) * windows.channels;
      for (let channel = 0; channel < maxima.length; channel++) {
        const target = maxima[channel] as number;
        if (target >= 0)
          gradient[target] = (gradient[target] as number) + (upstream[from + channel] as number);
      }
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
    forEachMaximum(x, windows, (_image, _position, maxima) => {
      for (const source of maxima) y[at++] = source < 0 ? Number.NEGATIVE_INFINITY : (x[source] as number);
    });
    return result;
  },
};

export const maxPoolVolumeConfigs: KernelConfig[] = [maxPool3DConfig, maxPool3DGradConfig];
