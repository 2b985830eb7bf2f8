import { type Tensor, type Tensor2D, tidy, zeros } from '@tensorflow/tfjs';

/**
 * How a tap is read: from what the teacher answers there, `[batch, height, width, channels]` or `[batch, features]`, to
 * what is kept, example by example: `[batch, …]`. Pure; readings are told apart by the function itself.
 */
export type TapReading = (features: Tensor) => Tensor;

/** Spatial positions averaged, `[batch, height, width, channels]` → `[batch, channels]`; vectors stay as they are. */
export const averagePositions = (features: Tensor): Tensor2D =>
  (features.rank === 4 ? features.mean([1, 2]) : features.clone()) as Tensor2D;

/** What is read of taps by any of these terms: each reading once. */
export function readingsOf(terms: readonly { readonly reads?: TapReading }[]): TapReading[] {
  return [...new Set(terms.flatMap(({ reads }) => reads ?? []))];
}

/** Shape of one example's reading, per tap. */
export function readingShapes(
  read: TapReading | undefined,
  tapShapes: Readonly<Record<string, readonly number[]>>,
): Record<string, number[]> {
  if (read === undefined) return {};
  const shapeOf = (shape: readonly number[]) => tidy(() => read(zeros([1, ...shape])).shape.slice(1));
  return Object.fromEntries(Object.entries(tapShapes).map(([tap, shape]) => [tap, shapeOf(shape)]));
}
