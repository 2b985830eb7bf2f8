import type { ConvolutionGeometry } from '../convolution-geometry';
import type { Window } from './window';

/**
 * A stride of s cuts the rows (and columns) of dx into s phases that see different taps of the filter; within
 * one, neighbours in dx are neighbours in dy (sub-pixel convolution, Shi et al. 2016, arXiv 1609.05158).
 */
interface AxisPhase {
  /** First row of dx, then every s-th. */
  first: number;
  count: number;
  /** Taps of the filter, and the rows of dy that the phase's first row sees through them. */
  taps: { tap: number; offset: number }[];
}

export interface InputGradientPhase {
  /** Where the phase's positions look in dy. */
  window: Window;
  /** Where they write in dx. */
  target: Window;
  /** The filter's taps in the order of the window's, as `[row, column]`. */
  taps: [number, number][];
}

/** Every phase of a convolution's input gradient that sees a tap; dx is zero elsewhere. */
export function inputGradientPhases(geometry: ConvolutionGeometry): InputGradientPhase[] {
  const { padInfo, outChannels, inChannels } = geometry;
  const rows = axisPhases(
    geometry.inHeight,
    geometry.filterHeight,
    geometry.strideHeight,
    geometry.dilationHeight,
    padInfo.top,
  );
  const columns = axisPhases(
    geometry.inWidth,
    geometry.filterWidth,
    geometry.strideWidth,
    geometry.dilationWidth,
    padInfo.left,
  );
  return rows.flatMap((row) =>
    columns.map((column) => {
      const grid = { gridHeight: row.count, gridWidth: column.count };
      return {
        window: {
          ...grid,
          sourceHeight: geometry.outHeight,
          sourceWidth: geometry.outWidth,
          channels: outChannels,
          stepHeight: 1,
          stepWidth: 1,
          tapRows: row.taps.map(({ offset }) => offset),
          tapColumns: column.taps.map(({ offset }) => offset),
        },
        target: {
          ...grid,
          sourceHeight: geometry.inHeight,
          sourceWidth: geometry.inWidth,
          channels: inChannels,
          stepHeight: geometry.strideHeight,
          stepWidth: geometry.strideWidth,
          tapRows: [row.first],
          tapColumns: [column.first],
        },
        taps: row.taps.flatMap((one) => column.taps.map((other): [number, number] => [one.tap, other.tap])),
      };
    }),
  );
}

/** Whether some of dx belongs to no phase, and so has to be zeroed first. */
export function leavesGaps(
  phases: InputGradientPhase[],
  { inHeight, inWidth }: ConvolutionGeometry,
): boolean {
  const written = phases.reduce((sum, { window }) => sum + window.gridHeight * window.gridWidth, 0);
  return written < inHeight * inWidth;
}

/** `dy row · stride = dx row + pad − tap · dilation`, solved for each remainder of `dx row + pad`. */
function axisPhases(
  size: number,
  filterSize: number,
  stride: number,
  dilation: number,
  pad: number,
): AxisPhase[] {
  const phases = Array.from({ length: stride }, (_, remainder) => {
    const first = (((remainder - pad) % stride) + stride) % stride;
    const taps = Array.from({ length: filterSize }, (_, tap) => tap)
      .filter((tap) => (tap * dilation) % stride === remainder)
      .map((tap) => ({ tap, offset: (first + pad - tap * dilation) / stride }));
    return { first, count: Math.ceil((size - first) / stride), taps };
  });
  return phases.filter(({ count, taps }) => count > 0 && taps.length > 0);
}
