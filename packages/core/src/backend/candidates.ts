import { backend, env, getBackend, ready, setBackend } from '@tensorflow/tfjs';
import type { BackendCandidate } from './backend-candidate';

/** Native TensorFlow in Node: `@tensorflow/tfjs-node-gpu`, else `@tensorflow/tfjs-node`, as the user installed it. */
export function tensorflow(): BackendCandidate {
  return {
    name: 'tensorflow',
    async activate() {
      refuseUnsupportedNode();
      const gpu = await importFirst(['@tensorflow/tfjs-node-gpu', '@tensorflow/tfjs-node']);
      await select('tensorflow');
      const usesGpu = (backend() as { isUsingGpuDevice?: boolean }).isUsingGpuDevice === true;
      return `${gpu}, ${usesGpu ? 'on the GPU' : 'on the CPU: no usable CUDA 11.2 and cuDNN 8.1'}`;
    },
  };
}

/** `@tensorflow/tfjs-backend-webgpu`; in Node over Dawn, from the npm package `webgpu`. */
export function webgpu(): BackendCandidate {
  return {
    name: 'webgpu',
    async activate() {
      if (isNode()) await provideNodeGpu();
      const gpu = (globalThis.navigator as Navigator & { gpu?: { requestAdapter(): Promise<unknown> } })?.gpu;
      if (gpu === undefined) throw new Error('this environment has no navigator.gpu');
      if ((await gpu.requestAdapter()) === null) throw new Error('there is no WebGPU adapter');
      // The backend looks for navigator.gpu when it is imported, so not a moment earlier.
      await importModule('@tensorflow/tfjs-backend-webgpu');
      await select('webgpu');
      return '@tensorflow/tfjs-backend-webgpu';
    },
  };
}

/** `@tensorflow/tfjs-backend-wasm`, with the gradient kernels of `@factornet/backend-wasm` when installed. */
export function wasm(): BackendCandidate {
  return {
    name: 'wasm',
    async activate() {
      await import('@tensorflow/tfjs-backend-wasm');
      await select('wasm');
      const simd = env().getBool('WASM_HAS_SIMD_SUPPORT') ? 'SIMD' : 'no SIMD';
      try {
        await import('@factornet/backend-wasm');
        return `${simd}, with training kernels`;
      } catch {
        return `${simd}, inference only (install @factornet/backend-wasm to train)`;
      }
    },
  };
}

/** Plain JavaScript: slow, always there, the reference. */
export function cpu(): BackendCandidate {
  return {
    name: 'cpu',
    async activate() {
      await select('cpu');
      return 'plain JavaScript';
    },
  };
}

async function select(name: string): Promise<void> {
  const chosen = await setBackend(name);
  await ready();
  if (!chosen || getBackend() !== name) throw new Error('TensorFlow.js could not initialize it');
}

function isNode(): boolean {
  return typeof process !== 'undefined' && typeof process.versions?.node === 'string';
}

function refuseUnsupportedNode(): void {
  if (!isNode()) throw new Error('needs Node');
  const major = Number(process.versions.node.split('.')[0]);
  if (major >= 23) {
    throw new Error(
      `tfjs-node 4.22 does not run on Node ${major} (util.isNullOrUndefined is gone); use Node 20 or 22`,
    );
  }
}

async function provideNodeGpu(): Promise<void> {
  if ((globalThis.navigator as { gpu?: unknown } | undefined)?.gpu !== undefined) return;
  const dawn = (await importModule('webgpu')) as { create(flags: string[]): unknown; globals: object };
  Object.assign(globalThis, dawn.globals);
  Object.defineProperty(globalThis, 'navigator', {
    value: { ...globalThis.navigator, gpu: dawn.create([]) },
    configurable: true,
  });
}

async function importFirst(names: readonly string[]): Promise<string> {
  const reasons: string[] = [];
  for (const name of names) {
    try {
      await importModule(name);
      return name;
    } catch (error) {
      reasons.push(reasonOf(error, name));
    }
  }
  throw new Error(reasons.join('; '));
}

/** Imports an optional peer that a bundler must not look for. */
async function importModule(name: string): Promise<unknown> {
  try {
    return await import(/* @vite-ignore */ /* webpackIgnore: true */ name);
  } catch (error) {
    throw new Error(reasonOf(error, name), { cause: error });
  }
}

function reasonOf(error: unknown, name: string): string {
  const { code, message } = error as { code?: string; message?: string };
  if (code === 'ERR_MODULE_NOT_FOUND' && message?.includes(`'${name}'`)) return `${name} is not installed`;
  const firstLine = String(message ?? error).split('\n')[0] as string;
  return firstLine.startsWith(name) ? firstLine : `${name}: ${firstLine}`;
}
