import { type NamedTensorInfoMap, slice_util, type TensorInfo } from '@tensorflow/tfjs';
import type { KernelReplacement } from '../replacement';

/** The stock kernel reads on behind the end of the tensor; the CPU backend throws, and so does this. */
export const checkedSliceReplacement: KernelReplacement = {
  kernelName: 'Slice',
  create: (stock) => (call) => {
    const { x } = call.inputs as NamedTensorInfoMap & { x: TensorInfo };
    const { begin, size } = call.attrs as unknown as { begin: number[]; size: number[] };
    const [first, count] = slice_util.parseSliceParams(x, begin, size);
    slice_util.assertParamsValid(x, first as number[], count as number[]);
    return stock.kernelFunc(call);
  },
};
