import { FactornetError, type FactornetErrorOptions } from './factornet-error';

const CODE = 'lock-mismatch';

export interface LockMismatchErrorFields {
  /** The lockfile. */
  source: string;
  /** One line per difference. */
  differences: readonly string[];
}

/** A composition is not the one that a lockfile pins. */
export class LockMismatchError extends FactornetError {
  declare readonly source: string;
  declare readonly differences: readonly string[];

  constructor(fields: LockMismatchErrorFields, options?: FactornetErrorOptions) {
    super(
      CODE,
      `What is here differs from ${fields.source}:\n${fields.differences.map((difference) => `  - ${difference}`).join('\n')}`,
      options,
      fields,
    );
  }

  static override isInstance(error: unknown): error is LockMismatchError {
    return FactornetError.hasCode(error, CODE);
  }
}
