import type { NamedTensorInfoMap, TensorInfo } from '@tensorflow/tfjs';
import type { KernelReplacement } from '../replacement';
import { integersOf, type WasmBackend } from '../wasm-backend';

interface Indexing {
  indices: TensorInfo;
  /** How many numbers make one position. */
  depth: number;
  /** What the positions lie in. */
  shape: number[];
}

type Inputs = NamedTensorInfoMap & Record<'params' | 'indices' | 'tensor' | 'sparseIndices', TensorInfo>;
type Reader = (inputs: Inputs, attributes: Record<string, unknown>) => Indexing;

const lastOf = ({ shape }: TensorInfo) => shape.at(-1) ?? 1;
/** Of a scatter: a list of numbers is one of positions, where for a gather it is a single position. */
const depthOf = (indices: TensorInfo) => (indices.shape.length > 1 ? lastOf(indices) : 1);

const readers: Record<string, Reader> = {
  GatherNd: ({ params, indices }) => ({ indices, depth: lastOf(indices), shape: params.shape }),
  ScatterNd: ({ indices }, { shape }) => ({ indices, depth: depthOf(indices), shape: shape as number[] }),
  TensorScatterUpdate: ({ tensor, indices }) => ({ indices, depth: depthOf(indices), shape: tensor.shape }),
  SparseToDense: ({ sparseIndices }, { outputShape }) => ({
    indices: sparseIndices,
    depth: depthOf(sparseIndices),
    shape: outputShape as number[],
  }),
};

/** The stock kernels read and write wherever an index points to, on the whole heap; the CPU backend throws, and so do these. */
export const checkedIndexReplacements: KernelReplacement[] = Object.entries(readers).map(
  ([kernelName, read]) => ({
    kernelName,
    create: (stock) => (call) => {
      const { indices, depth, shape } = read(
        call.inputs as Inputs,
        (call.attrs ?? {}) as Record<string, unknown>,
      );
      if (indices.dtype === 'int32') {
        const values = integersOf(call.backend as WasmBackend, indices);
        const outside = values.findIndex(
          (value, at) => !(value >= 0 && value < (shape[at % depth] as number)),
        );
        if (outside >= 0) {
          const first = outside - (outside % depth);
          throw new Error(
            `${kernelName} on the wasm backend: expected indices within the shape [${shape}], ` +
              `got [${values.subarray(first, first + depth)}].`,
          );
        }
      }
      return stock.kernelFunc(call);
    },
  }),
);
