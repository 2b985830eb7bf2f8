import type { KernelConfig, TensorInfo } from '@tensorflow/tfjs';
import type { KernelReplacement } from '../replacement';
import type { WasmBackend } from '../wasm-backend';

/**
 * A copy that shares its data with the original, as on the other backends: tensors never change, and the
 * backend counts references. The stock WASM kernel copies every byte, and the tape clones every
 * tensor that some gradient will need: each activation of a training step, once per use.
 */
function share(backend: WasmBackend, x: TensorInfo): TensorInfo {
  backend.incRef(x.dataId);
  return { dataId: x.dataId, shape: x.shape, dtype: x.dtype };
}

/** `tf.clone`, and what the tape does to the tensors it saves. */
export const identityReplacement: KernelReplacement = {
  kernelName: 'Identity',
  create:
    (stock: KernelConfig): KernelConfig['kernelFunc'] =>
    (parameters) => {
      const { x } = parameters.inputs as { x: TensorInfo };
      return x.dtype === 'string'
        ? stock.kernelFunc(parameters)
        : share(parameters.backend as WasmBackend, x);
    },
};

/** A cast to the type the tensor has, which many gradients of tfjs-core ask for. */
export const castReplacement: KernelReplacement = {
  kernelName: 'Cast',
  create:
    (stock: KernelConfig): KernelConfig['kernelFunc'] =>
    (parameters) => {
      const { x } = parameters.inputs as { x: TensorInfo };
      const { dtype } = parameters.attrs as { dtype: string };
      return dtype === x.dtype && dtype !== 'string'
        ? share(parameters.backend as WasmBackend, x)
        : stock.kernelFunc(parameters);
    },
};
