import { display } from './display';
import { FactornetError, type FactornetErrorOptions } from './factornet-error';

const CODE = 'invalid-option';

export interface InvalidOptionErrorFields {
  option: string;
  /** What would be accepted. */
  expected: string;
  received: unknown;
}

/** An option or argument has a value that makes no sense. */
export class InvalidOptionError extends FactornetError {
  declare readonly option: string;
  declare readonly expected: string;
  declare readonly received: unknown;

  constructor(fields: InvalidOptionErrorFields, options?: FactornetErrorOptions) {
    super(
      CODE,
      `${fields.option} must be ${fields.expected}, but is ${display(fields.received)}.`,
      options,
      fields,
    );
  }

  static override isInstance(error: unknown): error is InvalidOptionError {
    return FactornetError.hasCode(error, CODE);
  }
}
