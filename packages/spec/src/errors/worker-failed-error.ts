import { errorClass } from './error-class';

export interface WorkerFailedErrorFields {
  /** From 0. */
  worker: number;
  /** What became of it, e.g. `exited with code 1`. */
  reason: string;
}

/** A worker thread that training ran on threw or exited; the others have been ended. */
export const WorkerFailedError = /* @__PURE__ */ errorClass<WorkerFailedErrorFields>(
  'worker-failed',
  (fields) => `Training stopped: worker ${fields.worker} ${fields.reason}.`,
);
export type WorkerFailedError = InstanceType<typeof WorkerFailedError>;
