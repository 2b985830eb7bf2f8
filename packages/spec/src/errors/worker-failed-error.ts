import { FactornetError, type FactornetErrorOptions } from './factornet-error';

const CODE = 'worker-failed';

export interface WorkerFailedErrorFields {
  /** From 0. */
  worker: number;
  /** What became of it, e.g. `exited with code 1`. */
  reason: string;
}

/** A worker thread that training ran on threw or exited; the others have been ended. */
export class WorkerFailedError extends FactornetError {
  declare readonly worker: number;
  declare readonly reason: string;

  constructor(fields: WorkerFailedErrorFields, options?: FactornetErrorOptions) {
    super(CODE, `Training stopped: worker ${fields.worker} ${fields.reason}.`, options, fields);
  }

  static override isInstance(error: unknown): error is WorkerFailedError {
    return FactornetError.hasCode(error, CODE);
  }
}
