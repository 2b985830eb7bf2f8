import type { KernelConfig, TensorInfo } from '@tensorflow/tfjs';
import { addressOf } from '../module/heap';
import { kernelsOf } from '../module/kernel-module';
import { makeZeros, type WasmBackend } from '../wasm-backend';

/** Our own kernel: `Σ_r dy[r, c] · (x[r, c] − mean[c])`, `[…, channels] → [channels]`, without a copy of x. */
export const CENTRED_PRODUCTS = 'FactornetCentredProducts';

export const centredProductsConfig: KernelConfig = {
  kernelName: CENTRED_PRODUCTS,
  backendName: 'wasm',
  kernelFunc: ({ inputs, backend: anyBackend }) => {
    const backend = anyBackend as WasmBackend;
    const { dy, x, mean } = inputs as { dy: TensorInfo; x: TensorInfo; mean: TensorInfo };
    const channels = mean.shape[0] as number;
    const rows = x.shape.slice(0, -1).reduce((product, size) => product * size, 1);
    const output = makeZeros(backend, [channels]);
    kernelsOf(backend).sumCentredProducts(
      addressOf(backend, dy),
      addressOf(backend, x),
      addressOf(backend, mean),
      rows,
      channels,
      addressOf(backend, output),
    );
    return output;
  },
};
