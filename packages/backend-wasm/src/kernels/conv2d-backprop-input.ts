import type { KernelConfig, TensorInfo } from '@tensorflow/tfjs';
import {
  type ConvolutionAttributes,
  type ConvolutionGeometry,
  convolutionGeometry,
  isEmpty,
} from '../convolution-geometry';
import { axisPhases, fillPhaseFilter, interleavePhases } from '../phase-filter';
import { runKernel } from '../run-kernel';
import { floatsOf, makeZeros, requireFloat32, type WasmBackend } from '../wasm-backend';
import { directConvolutionInputGradient } from './conv2d-backprop-input-direct';

/**
 * `dx[n, p·stride + i·dilation − pad, …, c] += dy[n, p, …, o] · w[i, j, c, o]`, on the forward kernel.
 *
 * Stride 1: the convolution of dy with the flipped filter, in and out channels swapped. Stride s: the
 * s·s phases of dx (sub-pixel convolution, Shi et al. 2016, arXiv 1609.05158) come out of one
 * convolution as blocks of channels and are interleaved afterwards.
 */
export function conv2DBackpropInput(
  backend: WasmBackend,
  dy: TensorInfo,
  filter: TensorInfo,
  geometry: ConvolutionGeometry,
): TensorInfo {
  if (isEmpty(geometry)) return makeZeros(backend, geometry.inShape);
  const { strideHeight, strideWidth, dilationHeight, dilationWidth } = geometry;
  const strided = strideHeight > 1 || strideWidth > 1;
  const dilated = dilationHeight > 1 || dilationWidth > 1;
  const rows = axisPhases(
    geometry.inHeight,
    geometry.outHeight,
    dilated ? geometry.effectiveFilterHeight : geometry.filterHeight,
    strideHeight,
    geometry.padInfo.top,
  );
  const columns = axisPhases(
    geometry.inWidth,
    geometry.outWidth,
    dilated ? geometry.effectiveFilterWidth : geometry.filterWidth,
    strideWidth,
    geometry.padInfo.left,
  );
  const negativePadding = Math.min(rows.padBefore, rows.padAfter, columns.padBefore, columns.padAfter) < 0;
  if (negativePadding || (strided && dilated)) {
    return directConvolutionInputGradient(backend, dy, filter, geometry);
  }

  // With dilation (stride 1) the taps stay those of the small filter; XNNPACK spreads them.
  const filterRows = dilated ? { ...rows, taps: geometry.filterHeight } : rows;
  const filterColumns = dilated ? { ...columns, taps: geometry.filterWidth } : columns;
  const blockSize = rows.phases * columns.phases * geometry.inChannels;
  const phaseFilter = backend.makeOutput(
    [filterRows.taps, filterColumns.taps, geometry.outChannels, blockSize],
    'float32',
  );
  fillPhaseFilter(
    floatsOf(backend, filter),
    floatsOf(backend, phaseFilter),
    geometry,
    filterRows,
    filterColumns,
  );
  const phases = runKernel(
    backend,
    'Conv2D',
    { x: dy, filter: phaseFilter },
    {
      strides: [1, 1],
      dilations: [dilationHeight, dilationWidth],
      pad: [
        [0, 0],
        [rows.padBefore, rows.padAfter],
        [columns.padBefore, columns.padAfter],
        [0, 0],
      ],
      dataFormat: 'NHWC',
    },
  );
  backend.disposeData(phaseFilter.dataId);
  if (!strided) return phases;

  const dx = backend.makeOutput(geometry.inShape, 'float32');
  interleavePhases(floatsOf(backend, phases), floatsOf(backend, dx), geometry, rows, columns);
  backend.disposeData(phases.dataId);
  return dx;
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
