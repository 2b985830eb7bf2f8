import { list } from './display';
import { FactornetError, type FactornetErrorOptions } from './factornet-error';

const CODE = 'no-choice';

export interface NoChoiceErrorFields {
  tasks: readonly string[];
  /** What stands in the way, one line each. */
  reasons: readonly string[];
}

/** No set of published packages does all that is asked for. */
export class NoChoiceError extends FactornetError {
  declare readonly tasks: readonly string[];
  declare readonly reasons: readonly string[];

  constructor(fields: NoChoiceErrorFields, options?: FactornetErrorOptions) {
    const reasons = fields.reasons.map((reason) => `  - ${reason}`).join('\n');
    super(CODE, `No candidates together do ${list(fields.tasks)} as asked for:\n${reasons}`, options, fields);
  }

  static override isInstance(error: unknown): error is NoChoiceError {
    return FactornetError.hasCode(error, CODE);
  }
}
