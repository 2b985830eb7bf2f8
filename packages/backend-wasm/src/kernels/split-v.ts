import { backend_util, type KernelConfig, type TensorInfo, util } from '@tensorflow/tfjs';
import { addressOf } from '../module/heap';
import type { KernelReplacement } from '../replacement';
import type { WasmBackend } from '../wasm-backend';

/**
 * Parts that lie one behind the other in memory, as those of a vector, are copied as they are. The stock kernel
 * cuts vectors number by number: optimizers on one flat vector spent an eighth of a step there.
 */
export const splitVReplacement: KernelReplacement = {
  kernelName: 'SplitV',
  create:
    (stock: KernelConfig): KernelConfig['kernelFunc'] =>
    (parameters) => {
      const { x } = parameters.inputs as { x: TensorInfo };
      const { numOrSizeSplits, axis } = parameters.attrs as unknown as {
        numOrSizeSplits: number | number[];
        axis: number;
      };
      const splitAxis = util.parseAxisParam(axis, x.shape)[0] as number;
      const isOneBehindTheOther = x.shape.slice(0, splitAxis).every((size) => size === 1);
      if (!isOneBehindTheOther || x.dtype === 'string') return stock.kernelFunc(parameters);
      const backend = parameters.backend as WasmBackend;
      // prepareSplitSize reads nothing but the shape.
      const sizes = backend_util.prepareSplitSize(
        x as Parameters<typeof backend_util.prepareSplitSize>[0],
        numOrSizeSplits,
        splitAxis,
      );
      let read = 0;
      return sizes.map((size) => {
        const shape = x.shape.map((whole, index) => (index === splitAxis ? size : whole));
        const part = backend.makeOutput(shape, x.dtype);
        const bytes = util.sizeFromShape(shape) * util.bytesPerElement(x.dtype);
        const from = addressOf(backend, x) + read;
        backend.wasm.HEAPU8.copyWithin(addressOf(backend, part), from, from + bytes);
        read += bytes;
        return part;
      });
    },
};
