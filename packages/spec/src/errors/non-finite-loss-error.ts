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
  readonly term: string;
  readonly epoch: number;
  readonly step: number;
  readonly value: number;

  constructor({ term, epoch, step, value }: NonFiniteLossErrorFields, options?: FactornetErrorOptions) {
    super(
      CODE,
      `Training stopped at epoch ${epoch}, step ${step}: the term "${term}" became ${value}.`,
      options,
    );
    this.term = term;
    this.epoch = epoch;
    this.step = step;
    this.value = value;
  }

  static override isInstance(error: unknown): error is NonFiniteLossError {
    return FactornetError.hasCode(error, CODE);
  }
}
