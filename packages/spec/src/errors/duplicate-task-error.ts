import { list } from './display';
import { FactornetError, type FactornetErrorOptions } from './factornet-error';

const CODE = 'duplicate-task';

export interface DuplicateTaskErrorFields {
  task: string;
  /** `name@version` of the factors that clash. */
  factors: readonly string[];
}

/** Two factors of one assembly solve a task of the same name. */
export class DuplicateTaskError extends FactornetError {
  declare readonly task: string;
  declare readonly factors: readonly string[];

  constructor(fields: DuplicateTaskErrorFields, options?: FactornetErrorOptions) {
    super(CODE, `More than one factor is named "${fields.task}": ${list(fields.factors)}.`, options, fields);
  }

  static override isInstance(error: unknown): error is DuplicateTaskError {
    return FactornetError.hasCode(error, CODE);
  }
}
