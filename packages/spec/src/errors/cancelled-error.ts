import { FactornetError, type FactornetErrorOptions } from './factornet-error';

const CODE = 'cancelled';

export interface CancelledErrorFields {
  /** What was under way, e.g. `factorize`. */
  operation: string;
}

/** The caller cancelled, by an `AbortSignal` or Ctrl-C. */
export class CancelledError extends FactornetError {
  declare readonly operation: string;

  constructor({ operation }: CancelledErrorFields, options?: FactornetErrorOptions) {
    super(CODE, `${operation} was cancelled.`, options, { operation });
  }

  static override isInstance(error: unknown): error is CancelledError {
    return FactornetError.hasCode(error, CODE);
  }
}
