import { BackendUnavailableError, InvalidOptionError } from '@factornet/spec';
import { getBackend, setBackend } from '@tensorflow/tfjs';
import type { BackendCandidate } from './backend-candidate';
import { cpu, isNode, tensorflow, type WasmOptions, wasm, webgpu } from './candidates';

export type BackendName = 'tensorflow' | 'webgpu' | 'wasm' | 'cpu';

/** What became of one backend. */
export interface BackendAttempt {
  readonly name: string;
  readonly status: 'chosen' | 'passed over' | 'not tried';
  /** Facts about the chosen one, or why another was passed over. */
  readonly detail: string;
}

export interface BackendReport {
  /** The backend now in use. */
  readonly name: string;
  readonly attempts: readonly BackendAttempt[];
}

export interface UseBackendOptions extends WasmOptions {
  /** In the order of preference. Default: `tensorflow()`, `webgpu()`, `wasm()`, `cpu()`. */
  candidates?: readonly BackendCandidate[];
}

/**
 * Makes a TensorFlow.js backend current: the named one, or with `auto` the first that runs here of native
 * TensorFlow, WebGPU, WASM and plain JavaScript. The report says what was tried and why it was passed over.
 *
 * @throws BackendUnavailableError with the reasons, if none runs; the backend before stays current
 * @throws InvalidOptionError if no candidate has that name
 * @example
 * const { name, attempts } = await useBackend('wasm');
 */
export async function useBackend(
  requested: BackendName | 'auto' | (string & {}) = 'auto',
  { threads, candidates = [tensorflow(), webgpu(), wasm({ threads }), cpu()] }: UseBackendOptions = {},
): Promise<BackendReport> {
  const names = candidates.map((candidate) => candidate.name);
  if (requested !== 'auto' && !names.includes(requested)) {
    throw new InvalidOptionError({
      option: 'backend',
      expected: `one of auto, ${names.join(', ')}`,
      received: requested,
    });
  }
  const before = getBackend();
  const attempts: BackendAttempt[] = [];
  let chosen: string | undefined;
  for (const candidate of candidates) {
    const wanted = requested === 'auto' || requested === candidate.name;
    if (chosen !== undefined || !wanted) {
      const detail = chosen === undefined ? 'not asked for' : `${chosen} came first`;
      attempts.push({ name: candidate.name, status: 'not tried', detail });
      continue;
    }
    try {
      const detail = await candidate.activate();
      chosen = candidate.name;
      attempts.push({ name: candidate.name, status: 'chosen', detail });
    } catch (error) {
      const detail = error instanceof Error ? error.message : String(error);
      attempts.push({ name: candidate.name, status: 'passed over', detail });
    }
  }
  if (chosen === undefined) {
    // A backend that failed half-way stays TensorFlow.js's current one; go back to the one that works.
    if (before !== undefined && before !== getBackend()) await setBackend(before);
    const reasons = attempts
      .filter((attempt) => attempt.status === 'passed over')
      .map(({ name, detail }) => `${name}: ${detail}`);
    unmet = requested;
    throw new BackendUnavailableError(
      { requested, reasons },
      isNode() ? { hint: 'Run `factornet doctor` for advice.' } : {},
    );
  }
  unmet = undefined;
  return { name: chosen, attempts };
}

/** What `useBackend` could not give when it was asked last: TensorFlow.js then goes on with another backend. */
export const unmetBackend = () => unmet;
let unmet: string | undefined;
