import '@tensorflow/tfjs-backend-wasm';
import { guardHeap } from '@factornet/spec/heap';
import {
  engine,
  type GradConfig,
  getGradient,
  getKernel,
  type KernelConfig,
  registerGradient,
  registerKernel,
  unregisterGradient,
  unregisterKernel,
} from '@tensorflow/tfjs';
import { clippingGradientReplacements } from './gradients/clipping-gradients';
import { conv2DGradientReplacement } from './gradients/conv2d-gradient';
import { fusedBatchNormGradientReplacement } from './gradients/fused-batch-norm-gradient';
import type { GradientReplacement } from './gradients/gradient-replacement';
import { meanGradientReplacement, sumGradientReplacement } from './gradients/reduction-gradients';
import { broadcastBlockConfig } from './kernels/broadcast-block';
import { centredProductsConfig } from './kernels/centred-products';
import { meanReplacement, sumReplacement } from './kernels/channel-reductions';
import { channelwiseReplacements } from './kernels/channelwise-arithmetic';
import { clippedGradientConfig } from './kernels/clipped-gradient';
import { activatingReplacements, clippingReplacements } from './kernels/clipping';
import { completingConfigs, completingReplacements } from './kernels/completing-kernels';
import { conv2DReplacements } from './kernels/conv2d';
import { conv2DBackpropFilterConfig } from './kernels/conv2d-backprop-filter';
import { conv2DBackpropInputConfig } from './kernels/conv2d-backprop-input';
import { depthwiseReplacements } from './kernels/depthwise-conv2d';
import { depthwiseConv2dNativeBackpropFilterConfig } from './kernels/depthwise-conv2d-native-backprop-filter';
import { depthwiseConv2dNativeBackpropInputConfig } from './kernels/depthwise-conv2d-native-backprop-input';
import { fusedBatchNormReplacement } from './kernels/fused-batch-norm';
import { batchMatMulReplacement, fusedMatMulReplacement } from './kernels/matrix-product';
import { avgPoolGradConfig, maxPoolGradConfig } from './kernels/pool-gradients';
import { preluReplacement } from './kernels/prelu';
import { castReplacement, identityReplacement } from './kernels/shared-copies';
import { signReplacement } from './kernels/sign';
import { splitVReplacement } from './kernels/split-v';
import { unsortedSegmentSumConfig } from './kernels/unsorted-segment-sum';
import type { KernelReplacement } from './replacement';

/** Kernels of our own: new on WASM, or (Conv2DBackpropInput) instead of a slow stock one. */
const kernels: KernelConfig[] = [
  avgPoolGradConfig,
  broadcastBlockConfig,
  centredProductsConfig,
  clippedGradientConfig,
  conv2DBackpropFilterConfig,
  conv2DBackpropInputConfig,
  depthwiseConv2dNativeBackpropFilterConfig,
  depthwiseConv2dNativeBackpropInputConfig,
  maxPoolGradConfig,
  unsortedSegmentSumConfig,
  ...completingConfigs,
];

/** Kernels that do some cases faster, or rightly, and hand the others to the stock kernel. */
const kernelReplacements: KernelReplacement[] = [
  // First, so that these see a call last: right in front of the stock kernel.
  ...activatingReplacements,
  batchMatMulReplacement,
  castReplacement,
  ...conv2DReplacements,
  ...depthwiseReplacements,
  ...channelwiseReplacements,
  ...clippingReplacements,
  fusedBatchNormReplacement,
  fusedMatMulReplacement,
  identityReplacement,
  meanReplacement,
  preluReplacement,
  signReplacement,
  splitVReplacement,
  sumReplacement,
  // Last, so that these see a call first: they hand on what the others do not know.
  ...completingReplacements,
];

/** Gradients that act on WASM only; gradients are registered for all backends at once. */
const gradientReplacements: GradientReplacement[] = [
  conv2DGradientReplacement,
  fusedBatchNormGradientReplacement,
  meanGradientReplacement,
  ...clippingGradientReplacements,
  sumGradientReplacement,
];

/** A heap that is full is an error from then on, whoever uses the backend. */
const guard = (backend: object) => guardHeap(backend, engine());

let undoSteps: (() => void)[] | undefined;

/**
 * Registers the gradient kernels that TensorFlow.js's WASM backend lacks, and faster ones for those it
 * has. Runs on import; calling it again does nothing. Works before and after `tf.setBackend('wasm')`.
 *
 * @throws Error when the WASM backend's stock kernels are not registered.
 * @example
 * import '@factornet/backend-wasm';
 * await tf.setBackend('wasm');
 * await model.fit(x, y);
 */
export function registerTrainingKernels(): void {
  if (undoSteps) return;
  const steps: (() => void)[] = [];
  for (const config of kernels) {
    const stock: KernelConfig | undefined = getKernel(config.kernelName, 'wasm');
    // What has no stock kernel has nothing else to set up when the backend starts.
    steps.push(replaceKernel(stock ? config : { ...config, setupFunc: guard }, stock));
  }
  const started = engine().registry.wasm;
  if (started) guard(started);
  for (const { kernelName, create } of kernelReplacements) {
    const stock = required<KernelConfig>(kernelName, getKernel(kernelName, 'wasm'));
    steps.push(replaceKernel({ ...stock, kernelFunc: create(stock) }, stock));
  }
  for (const { kernelName, create } of gradientReplacements) {
    const stock = required<GradConfig>(kernelName, getGradient(kernelName));
    unregisterGradient(kernelName);
    registerGradient({ ...stock, gradFunc: create(stock) });
    steps.push(() => {
      unregisterGradient(kernelName);
      registerGradient(stock);
    });
  }
  undoSteps = steps;
}

/** Puts back every kernel and gradient that {@link registerTrainingKernels} replaced. */
export function unregisterTrainingKernels(): void {
  for (const undo of undoSteps?.reverse() ?? []) undo();
  undoSteps = undefined;
}

/** Keeps the stock `setupFunc`: it must still run if the backend starts later, here or after the undo. */
function replaceKernel(config: KernelConfig, stock: KernelConfig | undefined): () => void {
  const { kernelName } = config;
  if (stock) unregisterKernel(kernelName, 'wasm');
  const setupFunc = config.setupFunc ?? stock?.setupFunc;
  registerKernel({ ...config, ...(setupFunc && { setupFunc }) });
  return () => {
    unregisterKernel(kernelName, 'wasm');
    if (stock) registerKernel(stock);
  };
}

function required<Config>(kernelName: string, config: Config | undefined): Config {
  if (config) return config;
  throw new Error(
    `@factornet/backend-wasm: expected TensorFlow.js to have registered '${kernelName}' for the wasm backend, ` +
      `found none. Check that only one version of @tensorflow/tfjs and @tensorflow/tfjs-backend-wasm (^4.22) is installed.`,
  );
}
