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
 * size, padding included, as on the CPU backend and in TensorFlow.js's own specs (the averages leave it out), but
 * not what lies behind the padding where a size was rounded up. Max: 1 for the first of the largest pixels, else 0; the
 * stock kernel starts from the smallest *positive* float, so that windows of negative numbers lose their gradient.
 */
function poolGradient(kernelName: string, isAverage: boolean): KernelConfig {
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
      const kernels = kernelsOf(backend);
      const taps = geometry.filterHeight * geometry.filterWidth;
      const window = { ...forwardWindow(geometry), skipsOutside: true };
      withScratch(backend, kernels.addressScratchBytes(taps), (scratch) =>
        withWindow(backend, window, addressOf(backend, input), (looks) =>
          withWindow(backend, outputWindow(geometry), addressOf(backend, dy), (reads) =>
            kernels.poolingGradient(
              looks,
              reads,
              geometry.batchSize,
              geometry.inChannels,
              addressOf(backend, dx) - addressOf(backend, input),
              isAverage,
              geometry.inHeight + geometry.padInfo.bottom,
              geometry.inWidth + geometry.padInfo.right,
              scratch,
            ),
          ),
        ),
      );
      return dx;
    },
  };
}

export const avgPoolGradConfig = poolGradient('AvgPoolGrad', true);

export const maxPoolGradConfig = poolGradient('MaxPoolGrad', false);
