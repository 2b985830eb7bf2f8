import type { KernelConfig } from '@tensorflow/tfjs';

/** Builds a kernel in front of the stock one, which it calls for whatever it does not do itself. */
export type KernelReplacement = {
  kernelName: string;
  create: (stock: KernelConfig) => KernelConfig['kernelFunc'];
};
