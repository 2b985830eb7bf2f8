import { FactornetError, type FactornetErrorOptions } from './factornet-error';

const CODE = 'write-failed';

export interface WriteFailedErrorFields {
  path: string;
  /** E.g. `the disk is full`. */
  reason: string;
}

/** A file could not be written whole. What was there before is still there. */
export class WriteFailedError extends FactornetError {
  declare readonly path: string;
  declare readonly reason: string;

  constructor({ path, reason }: WriteFailedErrorFields, options?: FactornetErrorOptions) {
    super(CODE, `${path} cannot be written: ${reason}.`, options, { path, reason });
  }

  static override isInstance(error: unknown): error is WriteFailedError {
    return FactornetError.hasCode(error, CODE);
  }
}
