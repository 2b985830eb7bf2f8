import { guardHeap } from '@factornet/spec/heap';
import { backend, engine, env, getBackend, ready, setBackend } from '@tensorflow/tfjs';
import type { BackendCandidate } from './backend-candidate';
import { explainImport, importFirst, importModule } from './optional-import';

/** Native TensorFlow in Node: `@tensorflow/tfjs-node-gpu`, else `@tensorflow/tfjs-node`, as the user installed it. */
export function tensorflow(): BackendCandidate {
  return {
    name: 'tensorflow',
    async activate() {
      refuseUnsupportedNode();
      const name = await importFirst(['@tensorflow/tfjs-node-gpu', '@tensorflow/tfjs-node']);
      await select('tensorflow');
      const usesGpu = (backend() as { isUsingGpuDevice?: boolean }).isUsingGpuDevice === true;
      return `${name}, ${usesGpu ? 'on the GPU' : 'on the CPU: no usable CUDA 11.2 and cuDNN 8.1'}`;
    },
  };
}

/** `@tensorflow/tfjs-backend-webgpu`; in Node over Dawn, from the npm package `webgpu`. */
export function webgpu(): BackendCandidate {
  return {
    name: 'webgpu',
    async activate() {
      const withdraw = isNode() ? await provideNodeGpu() : () => {};
      try {
        const { gpu } = (globalThis.navigator ?? {}) as { gpu?: { requestAdapter(): Promise<unknown> } };
        if (gpu === undefined) throw new Error('this environment has no navigator.gpu');
        if (!(await gpu.requestAdapter())) throw new Error('there is no WebGPU adapter');
        // The backend looks for navigator.gpu when it is imported, so not a moment earlier.
        await explainImport(importWebgpuBackend(), '@tensorflow/tfjs-backend-webgpu');
        await select('webgpu');
        return '@tensorflow/tfjs-backend-webgpu';
      } catch (error) {
        withdraw();
        throw error;
      }
    },
  };
}

/** `@tensorflow/tfjs-backend-wasm`, with the gradient kernels of `@factornet/backend-wasm` when installed. */
export function wasm(): BackendCandidate {
  return {
    name: 'wasm',
    async activate() {
      await explainImport(import('@tensorflow/tfjs-backend-wasm'), '@tensorflow/tfjs-backend-wasm');
      await select('wasm');
      guardHeap(backend(), engine());
      const simd = env().getBool('WASM_HAS_SIMD_SUPPORT') ? 'SIMD' : 'no SIMD';
      try {
        await explainImport(import('@factornet/backend-wasm'), '@factornet/backend-wasm');
        return `${simd}, with training kernels`;
      } catch (error) {
        return `${simd}, inference only: ${(error as Error).message}`;
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

/** Puts Dawn at `navigator.gpu`, unless there is one, and returns what takes it away again. */
async function provideNodeGpu(): Promise<() => void> {
  if ((globalThis.navigator as { gpu?: unknown } | undefined)?.gpu !== undefined) return () => {};
  const dawn = (await importModule('webgpu')) as { create(flags: string[]): unknown; globals: object };
  Object.assign(globalThis, dawn.globals);
  const gpu = { value: dawn.create([]), configurable: true };
  // Node has a navigator from version 21 on; its own members must stay.
  if (globalThis.navigator !== undefined) {
    Object.defineProperty(globalThis.navigator, 'gpu', gpu);
    return () => Reflect.deleteProperty(globalThis.navigator, 'gpu');
  }
  const navigator = { value: Object.defineProperty({}, 'gpu', gpu), configurable: true };
  Object.defineProperty(globalThis, 'navigator', navigator);
  return () => Reflect.deleteProperty(globalThis, 'navigator');
}

/** Written as a literal, so that a bundler finds the package when it is installed. */
function importWebgpuBackend(): Promise<unknown> {
  // @ts-expect-error: an optional peer, absent from this workspace.
  return import('@tensorflow/tfjs-backend-webgpu');
}
