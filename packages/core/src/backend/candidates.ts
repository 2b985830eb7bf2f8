import { guardHeap } from '@factornet/spec/heap';
import { backend, engine, env } from '@tensorflow/tfjs';
import type { BackendCandidate } from './backend-candidate';
import { importError, importModule } from './optional-import';
import { select } from './select';

/** Native TensorFlow in Node: `@tensorflow/tfjs-node-gpu`, else `@tensorflow/tfjs-node`, as the user installed it. */
export function tensorflow(): BackendCandidate {
  return {
    name: 'tensorflow',
    async activate() {
      if (!isNode()) throw new Error('needs Node');
      return (await native()).activateTensorflow();
    },
  };
}

/** `@tensorflow/tfjs-backend-webgpu`; in Node over Dawn, from the npm package `webgpu`. */
export function webgpu(): BackendCandidate {
  return {
    name: 'webgpu',
    async activate() {
      const withdraw = isNode() ? await (await native()).provideNodeGpu() : () => {};
      try {
        const { gpu } = (globalThis.navigator ?? {}) as { gpu?: { requestAdapter(): Promise<unknown> } };
        if (gpu === undefined) throw new Error('this environment has no navigator.gpu');
        if (!(await gpu.requestAdapter())) throw new Error('there is no WebGPU adapter');
        // The backend looks for navigator.gpu when it is imported, so not a moment earlier.
        const name = '@tensorflow/tfjs-backend-webgpu';
        try {
          // @ts-expect-error: an optional peer, absent from this workspace.
          await import('@tensorflow/tfjs-backend-webgpu');
        } catch (cause) {
          throw importError(cause, name);
        }
        await select('webgpu');
        return name;
      } catch (error) {
        withdraw();
        throw error;
      }
    },
  };
}

export interface WasmOptions {
  /**
   * Whether to try several threads, where the page is cross-origin isolated; where they do not start, as in most
   * minified builds, one thread is taken. Default true.
   */
  threads?: boolean | undefined;
}

/** `@tensorflow/tfjs-backend-wasm`, with the gradient kernels of `@factornet/backend-wasm` when installed. */
export function wasm({ threads = true }: WasmOptions = {}): BackendCandidate {
  return {
    name: 'wasm',
    async activate() {
      try {
        await import('@tensorflow/tfjs-backend-wasm');
      } catch (cause) {
        throw importError(cause, '@tensorflow/tfjs-backend-wasm');
      }
      const flag = 'WASM_HAS_MULTITHREAD_SUPPORT';
      let facts = '';
      if (!threads) env().set(flag, false);
      try {
        await select('wasm', true);
      } catch (error) {
        // TensorFlow.js hands its worker threads the source of a function, which a minified build has broken.
        if (!(await env().getAsync(flag))) throw error;
        facts = `, one thread: ${(error as Error).message}`;
        env().set(flag, false);
        await select('wasm');
      }
      guardHeap(backend(), engine());
      facts = `${env().getBool('WASM_HAS_SIMD_SUPPORT') ? '' : 'no '}SIMD${facts}`;
      try {
        await import('@factornet/backend-wasm');
        return `${facts}, with training kernels`;
      } catch (cause) {
        return `${facts}, inference only: ${importError(cause, '@factornet/backend-wasm').message}`;
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

export function isNode(): boolean {
  return typeof process !== 'undefined' && typeof process.versions?.node === 'string';
}

/** What only Node has, kept out of what pages load. */
function native(): Promise<typeof import('../native')> {
  return importModule('@factornet/core/native') as Promise<typeof import('../native')>;
}
