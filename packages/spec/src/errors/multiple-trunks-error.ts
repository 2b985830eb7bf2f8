import { list } from './display';
import { FactornetError, type FactornetErrorOptions } from './factornet-error';

const CODE = 'multiple-trunks';

export interface MultipleTrunksErrorFields {
  /** `name@version` of every common-knowledge network. */
  commons: readonly string[];
}

/** Factors were made for different common-knowledge networks, and one trunk was asked for. */
export class MultipleTrunksError extends FactornetError {
  declare readonly commons: readonly string[];

  constructor(fields: MultipleTrunksErrorFields, options?: FactornetErrorOptions) {
    super(
      CODE,
      `These factors need ${fields.commons.length} common-knowledge networks: ${list(fields.commons)}. Each would run on its own for every picture.`,
      options,
      fields,
    );
  }

  static override isInstance(error: unknown): error is MultipleTrunksError {
    return FactornetError.hasCode(error, CODE);
  }
}
