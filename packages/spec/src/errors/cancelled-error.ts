import { errorClass } from './error-class';

export interface CancelledErrorFields {
  /** What was under way, e.g. `factorize`. */
  operation: string;
}

/** The caller cancelled, by an `AbortSignal` or Ctrl-C. */
export const CancelledError = /* @__PURE__ */ errorClass<CancelledErrorFields>(
  'cancelled',
  (fields) => `${fields.operation} was cancelled.`,
);
export type CancelledError = InstanceType<typeof CancelledError>;
