import type { KernelConfig, TensorInfo } from '@tensorflow/tfjs';
import {
  type ConvolutionAttributes,
  type ConvolutionGeometry,
  convolutionGeometry,
  isEmpty,
} from '../convolution-geometry';
import { convolve } from '../module/convolve';
import { addressOf } from '../module/heap';
import { type InputGradientPhase, inputGradientPhases, leavesGaps } from '../module/input-gradient-phases';
import { floatsOf, makeZeros, requireFloat32, type WasmBackend } from '../wasm-backend';

/**
 * `dx[n, p·stride + i·dilation − pad, …, c] += dy[n, p, …, o] · w[i, j, c, o]`: a convolution of dy with the
 * filter, in and out channels swapped. Stride s: one convolution for each of the s·s phases of dx.
 */
export function conv2DBackpropInput(
  backend: WasmBackend,
  dy: TensorInfo,
  filter: TensorInfo,
  geometry: ConvolutionGeometry,
): TensorInfo {
  if (isEmpty(geometry)) return makeZeros(backend, geometry.inShape);
  const phases = inputGradientPhases(geometry);
  const dx = backend.makeOutput(geometry.inShape, 'float32');
  if (leavesGaps(phases, geometry)) floatsOf(backend, dx).fill(0);
  for (const phase of phases) writePhase(backend, phase, { dy, filter, dx }, geometry);
  return dx;
}

function writePhase(
  backend: WasmBackend,
  { window, target, taps }: InputGradientPhase,
  { dy, filter, dx }: { dy: TensorInfo; filter: TensorInfo; dx: TensorInfo },
  { inChannels, outChannels, filterWidth, batchSize }: ConvolutionGeometry,
): void {
  convolve(backend, {
    images: batchSize,
    window,
    source: addressOf(backend, dy),
    target,
    output: addressOf(backend, dx),
    columns: inChannels,
    pack(kernels, index, panels, panelBytes) {
      const [row, column] = taps[index] as [number, number];
      const matrix = addressOf(backend, filter) + (row * filterWidth + column) * inChannels * outChannels * 4;
      kernels.packTransposedPanels(matrix, outChannels, inChannels, outChannels * 4, panels, panelBytes);
    },
  });
}

export const conv2DBackpropInputConfig: KernelConfig = {
  kernelName: 'Conv2DBackpropInput',
  backendName: 'wasm',
  kernelFunc: ({ inputs, backend, attrs }) => {
    const { dy, filter } = inputs as { dy: TensorInfo; filter: TensorInfo };
    const attributes = attrs as unknown as ConvolutionAttributes & { inputShape: number[] };
    requireFloat32('Conv2DBackpropInput', { dy, filter });
    const geometry = convolutionGeometry(
      'Conv2DBackpropInput',
      attributes.inputShape,
      filter.shape,
      attributes,
    );
    return conv2DBackpropInput(backend as WasmBackend, dy, filter, geometry);
  },
};
