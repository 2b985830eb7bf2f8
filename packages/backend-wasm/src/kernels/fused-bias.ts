import {
  add,
  elu,
  leakyRelu,
  prelu,
  relu,
  relu6,
  sigmoid,
  type Tensor,
  type TensorInfo,
  tidy,
} from '@tensorflow/tfjs';
import type { KernelReplacement } from '../replacement';
import { tensorOf } from '../tensor-of';
import type { WasmBackend } from '../wasm-backend';

interface FusedAttributes {
  activation: string;
  leakyreluAlpha?: number;
}

/**
 * A bias that is no vector is refused by the stock fused kernels: it is added, and the activation applied,
 * afterwards. They look at the shape that the data was made with, which `tf.reshape` does not change.
 */
function withAnyBias(kernelName: string): KernelReplacement {
  return {
    kernelName,
    create: (stock) => (call) => {
      const bias = call.inputs.bias as TensorInfo | null | undefined;
      if (bias == null || madeAsVector(call.backend as WasmBackend, bias)) return stock.kernelFunc(call);
      const { bias: _, preluActivationWeights: slopes, ...inputs } = call.inputs;
      const { activation, leakyreluAlpha } = call.attrs as unknown as FusedAttributes;
      return tidy(() => {
        const attrs = { ...call.attrs, activation: 'linear' } as typeof call.attrs & object;
        const product = tensorOf(stock.kernelFunc({ ...call, inputs, attrs }));
        return activate(
          add(product, bias as Tensor),
          activation,
          slopes as Tensor | undefined,
          leakyreluAlpha,
        );
      });
    },
  };
}

function madeAsVector(backend: WasmBackend, { shape, dataId }: TensorInfo): boolean {
  return shape.length === 1 && backend.dataIdMap.get(dataId).shape.length === 1;
}

function activate(
  x: Tensor,
  activation: string,
  slopes: Tensor | undefined,
  alpha: number | undefined,
): Tensor {
  switch (activation) {
    case 'linear':
      return x;
    case 'relu':
      return relu(x);
    case 'relu6':
      return relu6(x);
    case 'elu':
      return elu(x);
    case 'sigmoid':
      return sigmoid(x);
    case 'prelu':
      return prelu(x, slopes as Tensor);
    case 'leakyrelu':
      return leakyRelu(x, alpha);
    default:
      throw new Error(
        `Fused activation on the wasm backend: expected linear, relu, relu6, elu, sigmoid, prelu or leakyrelu, got ` +
          `'${activation}'. Apply the activation as an operation of its own.`,
      );
  }
}

export const fusedBiasReplacements: KernelReplacement[] = [
  withAnyBias('FusedConv2D'),
  withAnyBias('FusedDepthwiseConv2D'),
  withAnyBias('_FusedMatMul'),
];
