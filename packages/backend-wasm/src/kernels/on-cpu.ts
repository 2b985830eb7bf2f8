import {
  type DataType,
  findBackend,
  getKernel,
  type KernelBackend,
  type KernelConfig,
  type NamedTensorInfoMap,
  type TensorInfo,
} from '@tensorflow/tfjs';

type Values = Float32Array | Int32Array | Uint8Array | Uint8Array[];

/** What TensorFlow.js's CPU and WASM backends have in common: synchronous reading and writing. */
interface SynchronousBackend {
  write(values: Values, shape: number[], dtype: DataType): TensorInfo['dataId'];
  readSync(dataId: TensorInfo['dataId']): Values;
  disposeData(dataId: TensorInfo['dataId']): boolean;
}

/**
 * A WASM kernel that computes on TensorFlow.js's CPU backend: inputs are copied out of the heap, outputs into it.
 *
 * For what no training spends time in: indexing of ragged tensors, strings, whole-number products. The numbers
 * are the CPU backend's own.
 *
 * @throws Error when the CPU backend is not registered (`@tensorflow/tfjs` brings it along)
 */
export function onCpu(kernelName: string): KernelConfig['kernelFunc'] {
  return ({ inputs, backend, attrs }) => {
    const config: KernelConfig | undefined = getKernel(kernelName, 'cpu');
    const host: KernelBackend | null = findBackend('cpu');
    if (config === undefined || host === null) {
      throw new Error(
        `${kernelName} on the wasm backend: expected the CPU backend, which computes it, to be registered, found ` +
          `none. Import '@tensorflow/tfjs' or '@tensorflow/tfjs-backend-cpu'.`,
      );
    }
    const wasm = backend as unknown as SynchronousBackend;
    const cpu = host as unknown as SynchronousBackend;
    // Some CPU kernels ask for the rank, which a TensorInfo does not promise.
    const copies = mapInputs(inputs, (info) =>
      Object.assign(copy(info, wasm, cpu), { rank: info.shape.length }),
    );
    try {
      const outputs = config.kernelFunc({ inputs: copies, backend: cpu, ...(attrs && { attrs }) });
      const moved = [outputs].flat().map((output) => {
        const result = copy(output, cpu, wasm);
        cpu.disposeData(output.dataId);
        return result;
      });
      return Array.isArray(outputs) ? moved : (moved[0] as TensorInfo);
    } finally {
      for (const info of Object.values(copies).flat()) if (info) cpu.disposeData(info.dataId);
    }
  };
}

/** Inputs may be lists (the splits of a ragged tensor) or left out (a bias). */
function mapInputs(inputs: NamedTensorInfoMap, map: (info: TensorInfo) => TensorInfo): NamedTensorInfoMap {
  const entries = Object.entries(inputs as Record<string, TensorInfo | TensorInfo[] | null | undefined>).map(
    ([name, input]) => [name, Array.isArray(input) ? input.map(map) : input && map(input)],
  );
  return Object.fromEntries(entries);
}

function copy(info: TensorInfo, from: SynchronousBackend, to: SynchronousBackend): TensorInfo {
  const { shape, dtype } = info;
  const dataId = to.write(typed(from.readSync(info.dataId), dtype), shape, dtype);
  return { dataId, shape, dtype };
}

/** Some CPU kernels answer with plain arrays, or with another element type than they declare. */
function typed(values: Values, dtype: DataType): Values {
  if (dtype === 'int32')
    return values instanceof Int32Array ? values : Int32Array.from(values as Float32Array);
  if (dtype === 'bool')
    return values instanceof Uint8Array ? values : Uint8Array.from(values as Float32Array);
  if (dtype !== 'float32') return values;
  return values instanceof Float32Array ? values : Float32Array.from(values as Int32Array);
}
