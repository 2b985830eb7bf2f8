import { list } from './display';
import { FactornetError, type FactornetErrorOptions } from './factornet-error';

const CODE = 'unknown-task';

export interface UnknownTaskErrorFields {
  task: string;
  /** The tasks that do exist. */
  known: readonly string[];
}

/** A task was named that does not exist here. */
export class UnknownTaskError extends FactornetError {
  declare readonly task: string;
  declare readonly known: readonly string[];

  constructor(fields: UnknownTaskErrorFields, options?: FactornetErrorOptions) {
    super(
      CODE,
      `There is no task "${fields.task}" here; the tasks are ${list(fields.known)}.`,
      options,
      fields,
    );
  }

  static override isInstance(error: unknown): error is UnknownTaskError {
    return FactornetError.hasCode(error, CODE);
  }
}
