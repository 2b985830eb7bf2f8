import { engine, type GradConfig, getBackend } from '@tensorflow/tfjs';

/** Builds a gradient in front of the stock one. */
export type GradientReplacement = {
  kernelName: string;
  create: (stock: GradConfig) => GradConfig['gradFunc'];
};

/**
 * True when our gradient may be used: gradients are registered for all backends at once, and ours
 * rely on kernels that have no gradient of their own, so gradients of gradients take the stock way.
 */
export function isFirstOrderOnWasm(): boolean {
  return getBackend() === 'wasm' && engine().state.gradientDepth === 0;
}
