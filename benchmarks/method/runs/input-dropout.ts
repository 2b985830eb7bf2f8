import type { Augmentation } from '@factornet/data';
import type { InputDescription } from '@factornet/spec';

/**
 * Drops values of pictures: a share of them, in 256ths, is put to the mean that normalization subtracts, so that networks see 0,
 * and the others are moved away from it by as much as keeps the expectation.
 */
export function inputDropout(share: number, { normalization: { mean } }: InputDescription): Augmentation {
  const dropped = Math.round(share * 256);
  const scale = 256 / (256 - dropped);
  return {
    name: `inputDropout(${share})`,
    apply(batch, [, , channels], stream) {
      let bits = 0;
      const images = Float32Array.from(batch.images, (value, index) => {
        // One draw is enough for four values.
        bits = index % 4 === 0 ? Math.floor(stream.uniform() * 2 ** 32) : bits >>> 8;
        const middle = mean[index % channels] as number;
        return (bits & 255) < dropped ? middle : middle + (value - middle) * scale;
      });
      return { ...batch, images };
    },
  };
}
