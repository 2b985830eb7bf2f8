import { backend_util, type KernelConfig, type NamedTensorInfoMap, type TensorInfo } from '@tensorflow/tfjs';
import { addressOf, withScratch } from '../module/heap';
import { kernelsOf } from '../module/kernel-module';
import { forwardWindow, outputWindow, withWindow } from '../module/window';
import { makeZeros, requireFloat32, type WasmBackend } from '../wasm-backend';

interface PoolAttributes {
  filterSize: number | [number, number];
  strides: number | [number, number];
  pad: number | 'same' | 'valid';
  dimRoundingMode?: 'floor' | 'round' | 'ceil';
}

/**
 * `dx[pixel] += dy[window] · share` over all windows that hold the pixel. Average: the share is one over the window's
 * size, padding included, as on the CPU backend. Max: 1 for the first of the largest pixels, else 0; the stock
 * kernel starts from the smallest *positive* float, so that windows of negative numbers lose their gradient.
 */
function poolGradient(kernelName: string, factorOf: (windowSize: number) => number): KernelConfig {
  return {
    kernelName,
    backendName: 'wasm',
    kernelFunc: ({ inputs, backend: anyBackend, attrs }) => {
      const backend = anyBackend as WasmBackend;
      const { dy, input } = inputs as NamedTensorInfoMap & { dy: TensorInfo; input: TensorInfo };
      requireFloat32(kernelName, { dy, input });
      const { filterSize, strides, pad, dimRoundingMode } = attrs as unknown as PoolAttributes;
      const shape = input.shape as [number, number, number, number];
      const geometry = backend_util.computePool2DInfo(shape, filterSize, strides, 1, pad, dimRoundingMode);
      const dx = makeZeros(backend, shape);
      if (shape.includes(0) || dy.shape.includes(0)) return dx;
      const kernels = kernelsOf(backend);
      const taps = geometry.filterHeight * geometry.filterWidth;
      // dy's own rows and columns: pooling that rounded up gives one more than its gradient is told of.
      const [sourceHeight, sourceWidth] = dy.shape.slice(1, 3) as [number, number];
      const upstream = { ...outputWindow(geometry), sourceHeight, sourceWidth };
      const window = { ...forwardWindow(geometry), skipsOutside: true };
      withScratch(backend, kernels.addressScratchBytes(taps), (scratch) =>
        withWindow(backend, window, addressOf(backend, input), (looks) =>
          withWindow(backend, upstream, addressOf(backend, dy), (reads) =>
            kernels.poolingGradient(
              looks,
              reads,
              geometry.batchSize,
              geometry.inChannels,
              addressOf(backend, dx) - addressOf(backend, input),
              factorOf(taps),
              scratch,
            ),
          ),
        ),
      );
      return dx;
    },
  };
}

export const avgPoolGradConfig = poolGradient('AvgPoolGrad', (windowSize) => 1 / windowSize);

/** No share for all alike: the kernel looks for the largest. */
export const maxPoolGradConfig = poolGradient('MaxPoolGrad', () => 0);
