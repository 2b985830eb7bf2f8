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

  constructor({ term, epoch, step, value }: NonFiniteLossErrorFields, options?: FactornetErrorOptions) {
    super(
      CODE,
      `Training stopped at epoch ${epoch}, step ${step}: the term "${term}" became ${value}.`,
      options,
      { term, epoch, step, value },
    );
  }

  static override isInstance(error: unknown): error is NonFiniteLossError {
    return FactornetError.hasCode(error, CODE);
  }
}
