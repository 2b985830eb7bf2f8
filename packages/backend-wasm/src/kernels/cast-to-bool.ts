import type { NamedTensorInfoMap, TensorInfo } from '@tensorflow/tfjs';
import type { KernelReplacement } from '../replacement';
import type { WasmBackend } from '../wasm-backend';

/**
 * `cast(x, 'bool')` is 1 where `x ≠ 0`, as on the CPU backend. The stock kernel keeps the lowest byte of the
 * number, so that 256 is false and 3 is neither true nor false (tensorflow/tfjs#2590).
 */
export const castToBoolReplacement: KernelReplacement = {
  kernelName: 'Cast',
  create: (stock) => (call) => {
    const { x } = call.inputs as NamedTensorInfoMap & { x: TensorInfo };
    const isNumeric = x.dtype === 'float32' || x.dtype === 'int32';
    if (!isNumeric || (call.attrs as unknown as { dtype: string }).dtype !== 'bool')
      return stock.kernelFunc(call);
    const backend = call.backend as WasmBackend;
    const output = backend.makeOutput(x.shape, 'bool');
    const values = backend.typedArrayFromHeap(x);
    const truths = backend.typedArrayFromHeap(output);
    for (let index = 0; index < truths.length; index++) truths[index] = values[index] === 0 ? 0 : 1;
    return output;
  },
};
