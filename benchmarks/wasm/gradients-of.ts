import { getGradient, type Tensor } from '@tensorflow/tfjs';

/**
 * The gradient functions that training calls for a kernel, by the kernel's inputs: each runs when called, so that
 * they can be timed one by one.
 */
export function gradientsOf<InputName extends string>(
  kernelName: string,
  upstream: Tensor,
  saved: readonly Tensor[],
  attributes: Readonly<Record<string, unknown>>,
): Record<InputName, () => Tensor> {
  const { gradFunc } = getGradient(kernelName);
  return gradFunc(upstream, [...saved], attributes as Parameters<typeof gradFunc>[2]) as Record<
    InputName,
    () => Tensor
  >;
}
