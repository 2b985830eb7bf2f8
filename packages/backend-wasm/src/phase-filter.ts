import type { ConvolutionGeometry } from './convolution-geometry';

/**
 * One axis of the input gradient of a strided convolution.
 *
 * Input row i = q·stride + phase − padding only meets filter taps j·stride + phase, at output row
 * q − j. So the rows of one phase are a plain convolution of dy with every stride-th tap, flipped,
 * and no zeros need to be put between the rows of dy.
 */
export interface AxisPhases {
  /** Phases that some filter tap belongs to; input rows of later phases get no gradient. */
  phases: number;
  /** Taps per phase, the longest; shorter ones are filled with zeros. */
  taps: number;
  /** First and number of steps q. */
  firstStep: number;
  steps: number;
  /** Padding of dy; negative: rows of dy that reach padding only and are cut off. */
  padBefore: number;
  padAfter: number;
}

/** Resolves one axis; `padding` is the forward padding before the first row. */
export function axisPhases(
  inputSize: number,
  outputSize: number,
  filterSize: number,
  stride: number,
  padding: number,
): AxisPhases {
  const taps = Math.ceil(filterSize / stride);
  const firstStep = Math.floor(padding / stride);
  const steps = Math.floor((inputSize - 1 + padding) / stride) - firstStep + 1;
  const padBefore = taps - 1 - firstStep;
  const padAfter = steps + taps - 1 - outputSize - padBefore;
  return { phases: Math.min(stride, filterSize), taps, firstStep, steps, padBefore, padAfter };
}

/**
 * `[filterHeight, filterWidth, in, out]` → `[taps, taps, out, phases·phases·in]`: flipped, in and out
 * swapped, one block of channels per phase. Stride 1 has a single phase: the classic flipped filter.
 */
export function fillPhaseFilter(
  filter: Float32Array,
  target: Float32Array,
  geometry: ConvolutionGeometry,
  rows: AxisPhases,
  columns: AxisPhases,
): void {
  const { filterHeight, filterWidth, inChannels, outChannels, strideHeight, strideWidth } = geometry;
  const blockSize = rows.phases * columns.phases * inChannels;
  target.fill(0);
  for (let tapRow = 0; tapRow < filterHeight; tapRow++) {
    for (let tapColumn = 0; tapColumn < filterWidth; tapColumn++) {
      const targetRow = rows.taps - 1 - Math.floor(tapRow / strideHeight);
      const targetColumn = columns.taps - 1 - Math.floor(tapColumn / strideWidth);
      const phase = (tapRow % strideHeight) * columns.phases + (tapColumn % strideWidth);
      const targetTap = (targetRow * columns.taps + targetColumn) * outChannels * blockSize;
      const sourceTap = (tapRow * filterWidth + tapColumn) * inChannels * outChannels;
      for (let output = 0; output < outChannels; output++) {
        const write = targetTap + output * blockSize + phase * inChannels;
        for (let input = 0; input < inChannels; input++) {
          target[write + input] = filter[sourceTap + input * outChannels + output] as number;
        }
      }
    }
  }
}

/** Spreads `[batch, steps, steps, phases·phases·in]` over the input `[batch, height, width, in]`. */
export function interleavePhases(
  source: Float32Array,
  target: Float32Array,
  geometry: ConvolutionGeometry,
  rows: AxisPhases,
  columns: AxisPhases,
): void {
  const { batchSize, inHeight, inWidth, inChannels, strideHeight, strideWidth, padInfo } = geometry;
  const blockSize = rows.phases * columns.phases * inChannels;
  if (rows.phases < strideHeight || columns.phases < strideWidth) target.fill(0);
  for (let image = 0; image < batchSize; image++) {
    for (let row = 0; row < inHeight; row++) {
      const rowPhase = (row + padInfo.top) % strideHeight;
      if (rowPhase >= rows.phases) continue;
      const rowStep = Math.floor((row + padInfo.top) / strideHeight) - rows.firstStep;
      const sourceRow = (image * rows.steps + rowStep) * columns.steps;
      let write = (image * inHeight + row) * inWidth * inChannels;
      for (let column = 0; column < inWidth; column++, write += inChannels) {
        const columnPhase = (column + padInfo.left) % strideWidth;
        if (columnPhase >= columns.phases) continue;
        const columnStep = Math.floor((column + padInfo.left) / strideWidth) - columns.firstStep;
        const read =
          (sourceRow + columnStep) * blockSize + (rowPhase * columns.phases + columnPhase) * inChannels;
        for (let channel = 0; channel < inChannels; channel++) {
          target[write + channel] = source[read + channel] as number;
        }
      }
    }
  }
}
