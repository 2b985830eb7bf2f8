import { util } from '@tensorflow/tfjs';

/**
 * A reduction over neighbouring axes, seen as `[outer, reduced, inner] → [outer, inner]`. Per-channel
 * sums (`[0, 1, 2]` of NHWC) and global average pooling (`[1, 2]`) are of this kind.
 */
export interface ReductionBlock {
  outer: number;
  reduced: number;
  inner: number;
  /** Shape of the result with the reduced axes removed, and with them kept as 1. */
  shape: number[];
  keptShape: number[];
}

/** The block of a reduction, or undefined when the axes are not neighbours. */
export function reductionBlock(shape: number[], axis: number | number[]): ReductionBlock | undefined {
  const axes = util.parseAxisParam(axis, shape).sort((first, second) => first - second);
  const first = axes[0];
  const last = axes[axes.length - 1];
  if (first === undefined || last === undefined || last - first + 1 !== axes.length) return undefined;
  const outerShape = shape.slice(0, first);
  const innerShape = shape.slice(last + 1);
  return {
    outer: util.sizeFromShape(outerShape),
    reduced: util.sizeFromShape(shape.slice(first, last + 1)),
    inner: util.sizeFromShape(innerShape),
    shape: [...outerShape, ...innerShape],
    keptShape: [...outerShape, ...axes.map(() => 1), ...innerShape],
  };
}
