import type { KernelConfig, TensorInfo } from '@tensorflow/tfjs';
import {
  type ConvolutionAttributes,
  type ConvolutionGeometry,
  convolutionGeometry,
  isEmpty,
} from '../convolution-geometry';
import { addressOf, withScratch } from '../module/heap';
import { type InputGradientPhase, inputGradientPhases, leavesGaps } from '../module/input-gradient-phases';
import { kernelsOf } from '../module/kernel-module';
import { withWindow } from '../module/window';
import { floatsOf, makeZeros, requireFloat32, type WasmBackend } from '../wasm-backend';
import { sumRepeatedChannels } from './depthwise-channels';

/** `dx[n, p·stride + i·dilation − pad, …, c] += Σ_m dy[n, p, …, c·multiplier + m] · w[i, j, c, m]`. */
function depthwiseConv2dNativeBackpropInput(
  backend: WasmBackend,
  dy: TensorInfo,
  filter: TensorInfo,
  geometry: ConvolutionGeometry,
): TensorInfo {
  if (isEmpty(geometry)) return makeZeros(backend, geometry.inShape);
  const { batchSize, inHeight, inWidth, inChannels, outChannels } = geometry;
  const phases = inputGradientPhases({ ...geometry, inChannels: outChannels });
  const dx = backend.makeOutput([batchSize, inHeight, inWidth, outChannels], 'float32');
  if (leavesGaps(phases, geometry)) floatsOf(backend, dx).fill(0);
  for (const phase of phases) writePhase(backend, phase, { dy, filter, dx }, geometry);
  if (outChannels === inChannels) return dx;
  const sums = sumRepeatedChannels(backend, dx, outChannels / inChannels);
  backend.disposeData(dx.dataId);
  return sums;
}

function writePhase(
  backend: WasmBackend,
  { window, target, taps }: InputGradientPhase,
  { dy, filter, dx }: { dy: TensorInfo; filter: TensorInfo; dx: TensorInfo },
  { outChannels, filterWidth, batchSize }: ConvolutionGeometry,
): void {
  const kernels = kernelsOf(backend);
  withScratch(backend, taps.length * outChannels * 4, (factors) => {
    taps.forEach(([row, column], index) => {
      const read = addressOf(backend, filter) + (row * filterWidth + column) * outChannels * 4;
      backend.wasm.HEAPU8.copyWithin(factors + index * outChannels * 4, read, read + outChannels * 4);
    });
    withScratch(backend, kernels.addressScratchBytes(taps.length), (scratch) =>
      withWindow(backend, window, addressOf(backend, dy), (source) =>
        withWindow(backend, target, addressOf(backend, dx), (output) =>
          kernels.depthwiseConvolve(source, output, batchSize, outChannels, factors, scratch),
        ),
      ),
    );
  });
}

export const depthwiseConv2dNativeBackpropInputConfig: KernelConfig = {
  kernelName: 'DepthwiseConv2dNativeBackpropInput',
  backendName: 'wasm',
  kernelFunc: ({ inputs, backend, attrs }) => {
    const { dy, filter } = inputs as { dy: TensorInfo; filter: TensorInfo };
    const attributes = attrs as unknown as ConvolutionAttributes & { inputShape: number[] };
    requireFloat32('DepthwiseConv2dNativeBackpropInput', { dy, filter });
    const geometry = convolutionGeometry(
      'DepthwiseConv2dNativeBackpropInput',
      attributes.inputShape,
      filter.shape,
      attributes,
      true,
    );
    return depthwiseConv2dNativeBackpropInput(backend as WasmBackend, dy, filter, geometry);
  },
};
