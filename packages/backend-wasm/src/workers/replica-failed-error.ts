const marker = Symbol.for('@factornet/backend-wasm/replica-failed');

export interface ReplicaFailedErrorFields {
  /** From 0. */
  worker: number;
  /** What became of it, e.g. `exited with code 1`. */
  reason: string;
  /** What to do next, one sentence. */
  hint: string;
  cause?: unknown;
}

/**
 * A worker thread threw, exited or was terminated. The other workers have been terminated, too; the models in
 * this thread hold the weights of the last complete step.
 */
export class ReplicaFailedError extends Error {
  readonly code = 'replica-failed';
  readonly worker: number;
  readonly reason: string;
  readonly hint: string;
  readonly [marker] = true;

  constructor({ worker, reason, hint, cause }: ReplicaFailedErrorFields) {
    super(`Worker ${worker} ${reason}.\n${hint}`, cause === undefined ? undefined : { cause });
    this.name = 'ReplicaFailedError';
    this.worker = worker;
    this.reason = reason;
    this.hint = hint;
  }

  /** Works across duplicate copies of this package, where `instanceof` does not. */
  static isInstance(error: unknown): error is ReplicaFailedError {
    return typeof error === 'object' && error !== null && marker in error;
  }
}
