import type { TensorInfo } from '@tensorflow/tfjs';
import type { KernelReplacement } from '../replacement';

/** The attribute that has to be of whole numbers, and the least of them. */
const sizes: Record<string, { attribute: string; least: number }> = {
  // `tf.pool` makes blocks of its dilation.
  SpaceToBatchND: { attribute: 'blockShape', least: 1 },
  BatchToSpaceND: { attribute: 'blockShape', least: 1 },
  ResizeBilinear: { attribute: 'size', least: 0 },
  ResizeNearestNeighbor: { attribute: 'size', least: 0 },
};

/** Fractions would give tensors of fractional shapes, which no kernel writes as a whole. */
export const checkedSizeReplacements: KernelReplacement[] = Object.entries(sizes).map(
  ([kernelName, { attribute, least }]) => ({
    kernelName,
    create: (stock) => (call) => {
      const numbers = (call.attrs as unknown as Record<string, number[]>)[attribute] ?? [];
      if (!numbers.every((number) => Number.isInteger(number) && number >= least)) {
        const { shape } = Object.values(call.inputs)[0] as TensorInfo;
        throw new Error(
          `${kernelName} on the wasm backend: expected ${attribute} of integers from ${least}, got [${numbers}], ` +
            `for an input of [${shape}]. Pass whole numbers.`,
        );
      }
      return stock.kernelFunc(call);
    },
  }),
);
