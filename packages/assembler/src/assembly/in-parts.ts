import { HeapFullError } from '@factornet/spec';
import { concat, type Tensor, type Tensor4D, tidy } from '@tensorflow/tfjs';

/**
 * Infers on pictures `[batch, height, width, channels]` part by part, and joins what comes out: a picture's result does
 * not depend on the others. Where a part finds no room on the WASM heap, it is halved.
 *
 * @param most pictures in a part
 * @param infer tensors with a row for each picture, of a part and where in the batch it starts
 * @throws HeapFullError if there is no room for one picture
 */
export function inParts<Output extends Tensor>(
  images: Tensor4D,
  most: number,
  infer: (images: Tensor4D, start: number) => Output[],
): Output[] {
  const [count] = images.shape;
  return tidy(() => {
    const parts: Output[][] = [];
    let start = 0;
    do {
      const size = Math.min(most, count - start);
      try {
        parts.push(tidy(() => infer(size === count ? images : images.slice(start, size), start)));
        start += size;
      } catch (error) {
        if (size < 2 || !HeapFullError.isInstance(error)) throw error;
        most = size >> 1;
      }
    } while (start < count);
    const [first] = parts as [Output[]];
    if (parts.length === 1) return first;
    return first.map((_, index) => concat(parts.map((part) => part[index] as Output)) as Output);
  });
}
