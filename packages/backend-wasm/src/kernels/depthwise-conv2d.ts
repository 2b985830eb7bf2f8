import type { KernelReplacement } from '../replacement';
import { guardedStockConvolution } from './guarded-stock-convolution';

export const depthwiseReplacements: KernelReplacement[] = [
  'DepthwiseConv2dNative',
  'FusedDepthwiseConv2D',
].map((kernelName) => ({ kernelName, create: (stock) => guardedStockConvolution(stock, true) }));
