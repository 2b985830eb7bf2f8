import { FactornetError, type FactornetErrorOptions } from './factornet-error';

const CODE = 'non-finite-loss';

export interface NonFiniteLossErrorFields {
  /** Objective term, or `gradient of …`. */
  term: string;
  /** From 1. */
  epoch: number;
  /** Step within the epoch, from 1. */
  step: number;
  value: number;
}

/** Training produced a number that is not finite. */
export class NonFiniteLossError extends FactornetError {
  declare readonly term: string;
  declare readonly epoch: number;
  declare readonly step: number;
  declare readonly value: number;

  constructor(fields: NonFiniteLossErrorFields, options?: FactornetErrorOptions) {
    super(
      CODE,
      `Training stopped at epoch ${fields.epoch}, step ${fields.step}: the term "${fields.term}" became ${fields.value}.`,
      options,
      fields,
    );
  }

  static override isInstance(error: unknown): error is NonFiniteLossError {
    return FactornetError.hasCode(error, CODE);
  }
}
