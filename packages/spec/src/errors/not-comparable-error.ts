import { FactornetError, type FactornetErrorOptions } from './factornet-error';

const CODE = 'not-comparable';

export interface NotComparableErrorFields {
  /** The label space asked for. */
  labelSpace: string;
  /** One sentence without a full stop. */
  reason: string;
}

/** Factors cannot give one distribution together. */
export class NotComparableError extends FactornetError {
  declare readonly labelSpace: string;
  declare readonly reason: string;

  constructor(fields: NotComparableErrorFields, options?: FactornetErrorOptions) {
    super(
      CODE,
      `There is no joint distribution over "${fields.labelSpace}": ${fields.reason}.`,
      options,
      fields,
    );
  }

  static override isInstance(error: unknown): error is NotComparableError {
    return FactornetError.hasCode(error, CODE);
  }
}
