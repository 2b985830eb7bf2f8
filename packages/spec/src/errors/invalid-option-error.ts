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
  readonly option: string;
  readonly expected: string;
  readonly received: unknown;

  constructor({ option, expected, received }: InvalidOptionErrorFields, options?: FactornetErrorOptions) {
    super(CODE, `${option} must be ${expected}, but is ${display(received)}.`, options);
    this.option = option;
    this.expected = expected;
    this.received = received;
  }

  static override isInstance(error: unknown): error is InvalidOptionError {
    return FactornetError.hasCode(error, CODE);
  }
}
