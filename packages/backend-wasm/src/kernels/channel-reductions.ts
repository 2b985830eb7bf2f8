import type { KernelConfig, TensorInfo } from '@tensorflow/tfjs';
import { blockMean } from '../block-mean';
import { reductionBlock } from '../reduction-block';
import type { KernelReplacement } from '../replacement';
import { floatsOf, makeZeros, reshaped, type WasmBackend } from '../wasm-backend';

/** Below this many channels the stock kernel's transpose costs less than pooling with idle lanes. */
const FEWEST_CHANNELS = 4;

function byPooling(stock: KernelConfig, scale: (count: number) => number): KernelConfig['kernelFunc'] {
  return ({ inputs, backend: anyBackend, attrs }) => {
    const backend = anyBackend as WasmBackend;
    const { x } = inputs as { x: TensorInfo };
    const { axis, keepDims } = attrs as unknown as { axis: number | number[]; keepDims: boolean };
    const block = reductionBlock(x.shape, axis);
    if (block && block.reduced === 0 && scale(0) === 0) {
      // The stock kernel leaves a sum over nothing uninitialised.
      return makeZeros(backend, keepDims ? block.keptShape : block.shape);
    }
    if (
      !block ||
      x.dtype !== 'float32' ||
      block.inner < FEWEST_CHANNELS ||
      block.outer === 0 ||
      block.reduced === 0
    ) {
      return stock.kernelFunc({ inputs, backend: anyBackend, ...(attrs && { attrs }) });
    }
    const result = blockMean(backend, x, block);
    const factor = scale(block.reduced);
    if (factor !== 1) {
      const values = floatsOf(backend, result);
      for (let index = 0; index < values.length; index++) values[index] = (values[index] as number) * factor;
    }
    return reshaped(result, keepDims ? block.keptShape : block.shape);
  };
}

/** Sums over neighbouring axes that are not the last, as the average times the count. */
export const sumReplacement: KernelReplacement = {
  kernelName: 'Sum',
  create: (stock) => byPooling(stock, (count) => count),
};

/** Means over neighbouring axes that are not the last. */
export const meanReplacement: KernelReplacement = {
  kernelName: 'Mean',
  create: (stock) => byPooling(stock, () => 1),
};
