import { trainableCategorical } from '@factornet/factorizer';
import { convolutional } from '@factornet/zoo';

/** The networks of the new design, for pictures of 32×32: the sizes that a search on other pictures came to. */
export const design = {
  /** z is longer than tasks need, for those that nobody named. */
  common: () =>
    convolutional({
      filters: [24, 48, 40],
      kernelSize: [5, 3, 3],
      strides: 2,
      pooling: 'flatten',
      features: 96,
    }),
  /** One convolution on the map of 8×8×48. */
  specific: () => ({
    'block-2': convolutional({ filters: [16], strides: 2, pooling: 'flatten', features: 16 }),
  }),
  options: {
    /** Weighs z and t against each other; the code is large beside z, or the head does without it where z tells the task. */
    hidden: [32],
    code: () => trainableCategorical({ scale: 15 }),
  },
} as const;
