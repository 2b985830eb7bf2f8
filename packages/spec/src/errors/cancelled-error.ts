import { FactornetError, type FactornetErrorOptions } from './factornet-error';

const CODE = 'cancelled';

export interface CancelledErrorFields {
  /** What was under way, e.g. `factorize`. */
  operation: string;
}

/** The caller cancelled, by an `AbortSignal` or Ctrl-C. */
export class CancelledError extends FactornetError {
  declare readonly operation: string;

  constructor(fields: CancelledErrorFields, options?: FactornetErrorOptions) {
    super(CODE, `${fields.operation} was cancelled.`, options, fields);
  }

  static override isInstance(error: unknown): error is CancelledError {
    return FactornetError.hasCode(error, CODE);
  }
}
