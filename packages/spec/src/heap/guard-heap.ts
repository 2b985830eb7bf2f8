import { BackendUnavailableError } from '../errors/backend-unavailable-error';
import { HeapFullError } from '../errors/heap-full-error';

type Call = (...values: number[]) => number;

interface Memory {
  buffer: { byteLength: number };
  grow(pages: number): number;
}

/** What the guard uses of TensorFlow.js's `BackendWasm` and its Emscripten module, which no package exports as types. */
interface Backend {
  wasm: {
    HEAPU8: Uint8Array;
    asm: Record<string, Call>;
    /** Where threads share it; elsewhere it is an export. */
    wasmMemory?: Memory;
    [marker]?: (call: Call) => Call;
  } & Record<string, unknown>;
  dataIdMap: { has(dataId: object): boolean };
  move(dataId: object, ...rest: unknown[]): void;
  disposeData(dataId: object, force: boolean): void;
}

/** What it uses of TensorFlow.js's engine. */
interface Engine {
  state: {
    tensorInfo: { has(dataId: object): boolean };
    activeTape?: { saved?: { dispose(): void }[] }[] | null;
  };
}

const marker = Symbol.for('factornet.heap');
/** `errno` of an allocation that failed, as WASI numbers it. */
const NO_MEMORY = 48;
/**
 * The largest that the heap gets. `sbrk` of the module does not see that an address passes 2³², and hands out what is in use. So it does not
 * grow past this, and nothing is asked for that might lead past 2³².
 */
export const HEAP_BYTES = 2 ** 32 - 2 ** 29;
/** An allocation leaves so many bytes for what kernels allocate from within: they abort if they cannot. */
const SPARE = 2 ** 20;
/** So many are left for a convolution of TensorFlow.js, which copies its filter twice. */
const SPARE_FOR_FILTERS = 2 ** 26;

/**
 * Stands around every function of the module beneath a WASM backend, from the first call on to all later ones:
 *
 * - TensorFlow.js does not look whether `malloc` gave 0, and would write over what lies there. Here it throws
 *   HeapFullError, and so does a kernel that could not allocate from within. Tensors stay as they were.
 * - A trap or an abort leaves a stack and a heap that nobody knows. It is thrown as BackendUnavailableError, and so is
 *   whatever is called or read later on.
 *
 * @throws BackendUnavailableError if the backend has failed
 */
export function guardHeap(backend: object, engine: object): void {
  const guarded = backend as Backend;
  const { wasm } = guarded;
  const { asm } = wasm;
  const errno = asm.__errno_location?.() as number;
  if (wasm[marker]) return;
  const { state } = engine as Engine;
  const { malloc, free } = asm as { malloc: Call; free: Call };
  let failed: (() => never) | undefined;
  let fresh: object[] = [];
  const isOrphan = (dataId: object) => guarded.dataIdMap.has(dataId) && !state.tensorInfo.has(dataId);

  const wrap = (call: Call, name = ''): Call => {
    const packs = name.includes('Conv');
    const releases = /^(free|dispose)/.test(name);
    return (...values) => {
      if (failed) return releases ? 0 : failed();
      wasm.HEAPU8[errno] = 0;
      let result = 0;
      try {
        // A vector in C++ aborts where it finds no room.
        if (packs) free(malloc(SPARE_FOR_FILTERS));
        if (wasm.HEAPU8[errno] !== NO_MEMORY) result = call(...values);
      } catch (cause) {
        failed = () => {
          throw new BackendUnavailableError(
            { requested: 'wasm', reasons: [`it failed, and nothing it holds is to be trusted: ${cause}`] },
            { cause, hint: 'Restart the process, or reload the page.' },
          );
        };
        Object.defineProperty(wasm, 'HEAPU8', { get: failed });
        failed();
      }
      if (wasm.HEAPU8[errno] === NO_MEMORY) {
        // What a kernel made before it failed, and what a gradient kept, belongs to no scope.
        for (const dataId of fresh.filter(isOrphan)) guarded.disposeData(dataId, true);
        for (const { saved } of state.activeTape ?? []) for (const tensor of saved ?? []) tensor.dispose();
        throw new HeapFullError(
          { heap: wasm.HEAPU8.length, requested: name === 'malloc' ? values[0] : undefined },
          { hint: 'Make the batch or the pictures smaller, or use more workers: each has a heap.' },
        );
      }
      return result;
    };
  };
  const allocate = (bytes: number) => {
    const isSafe = bytes + wasm.HEAPU8.length + 4 * SPARE < 2 ** 32;
    const address = isSafe ? malloc(bytes) : 0;
    const spare = address && malloc(SPARE);
    free(spare || address);
    wasm.HEAPU8[errno] = spare ? 0 : NO_MEMORY;
    return address;
  };
  const memory = wasm.wasmMemory ?? (asm.memory as unknown as Memory);
  const grow = memory.grow.bind(memory);
  memory.grow = (pages) => grow(memory.buffer.byteLength + pages * 2 ** 16 > HEAP_BYTES ? 2 ** 16 : pages);
  // A copy, since exports are read-only. Emscripten looks a function up here when it is first called; later it
  // remembers it.
  wasm.asm = { ...asm };
  for (const [name, call] of Object.entries(asm)) {
    if (typeof call !== 'function') continue;
    const own = wrap(name === 'malloc' ? allocate : call, name);
    wasm.asm[name] = own;
    if (wasm[`_${name}`] === call) wasm[`_${name}`] = own;
  }
  const { move } = guarded;
  guarded.move = (dataId, ...rest) => {
    move.call(guarded, dataId, ...rest);
    if (fresh.push(dataId) > 99) fresh = fresh.filter(isOrphan);
  };
  wasm[marker] = wrap;
}

/** The same for functions of another module that works on the heap of a guarded backend. */
export function guardCalls<Functions extends object>(wasm: object, functions: Functions): Functions {
  const wrap = (wasm as Backend['wasm'])[marker];
  if (!wrap) return functions;
  return Object.fromEntries(
    Object.entries(functions).map(([name, call]) => [name, wrap(call as Call)]),
  ) as Functions;
}
