import { engine, type KernelConfig, type NamedTensorInfoMap, type TensorInfo } from '@tensorflow/tfjs';
import {
  type ConvolutionAttributes,
  type ConvolutionGeometry,
  convolutionGeometry,
  isEmpty,
} from '../convolution-geometry';
import { type Epilogue, UNLIMITED } from '../module/convolve';
import type { KernelReplacement } from '../replacement';
import type { WasmBackend } from '../wasm-backend';
import { forwardConvolution } from './forward-convolution';
import { fusedEpilogue } from './fused-epilogue';
import { goesWrongOnStock, guardedStockConvolution } from './guarded-stock-convolution';

/**
 * Forward convolutions: ours is faster than XNNPACK's and packs a filter faster (`pnpm bench:wasm`), but
 * packs it in every call, where XNNPACK remembers. So ours takes those whose filters are new in every
 * call, in training, and those whose pictures are large enough to make up for it, from 8 × 8 output pixels.
 * The size of the batch does not count: a picture's result must not depend on its neighbours.
 */
const FEWEST_PIXELS = 64;

interface Inputs extends NamedTensorInfoMap {
  x: TensorInfo;
  filter: TensorInfo;
}

interface Call {
  inputs: Inputs;
  attributes: Record<string, unknown>;
  backend: WasmBackend;
}

function convolution(
  kernelName: string,
  epilogueOf: (call: Call) => Epilogue | undefined,
): KernelReplacement {
  return {
    kernelName,
    create: (stock: KernelConfig): KernelConfig['kernelFunc'] => {
      const guarded = guardedStockConvolution(stock, false);
      return (parameters) => {
        const inputs = parameters.inputs as Inputs;
        const backend = parameters.backend as WasmBackend;
        const attributes = parameters.attrs as unknown as ConvolutionAttributes & Record<string, unknown>;
        const epilogue = epilogueOf({ inputs, attributes, backend });
        const { x, filter } = inputs;
        const isFloat = x.dtype === 'float32' && filter.dtype === 'float32';
        if (!isFloat || epilogue === undefined || attributes.dataFormat === 'NCHW')
          return guarded(parameters);
        const geometry = convolutionGeometry(kernelName, x.shape, filter.shape, attributes);
        if (isEmpty(geometry)) return guarded(parameters);
        const isOurs = isWorthwhile(geometry) || goesWrongOnStock(geometry);
        if (!isOurs) return stock.kernelFunc(parameters);
        return forwardConvolution(backend, x, filter, geometry, epilogue);
      };
    },
  };
}

function isWorthwhile(geometry: ConvolutionGeometry): boolean {
  const isTraining = engine().state.gradientDepth > 0;
  return isTraining || geometry.outHeight * geometry.outWidth >= FEWEST_PIXELS;
}

export const conv2DReplacements: KernelReplacement[] = [
  convolution('Conv2D', () => UNLIMITED),
  convolution('FusedConv2D', ({ inputs, attributes, backend }) =>
    fusedEpilogue(
      backend,
      { ...inputs, activation: attributes.activation },
      inputs.filter.shape[3] as number,
    ),
  ),
];
