import { FactornetError, type FactornetErrorOptions } from './factornet-error';

const CODE = 'probe-mismatch';

export interface ProbeMismatchErrorFields {
  /** `name@version`. */
  source: string;
  /** Which values. */
  what: 'features' | 'logits';
  backend: string;
  /** `max |received − expected| / max(1, max |expected|)`. */
  deviation: number;
  tolerance: number;
}

/** A network does not give the values that its golden probes expect of it. */
export class ProbeMismatchError extends FactornetError {
  declare readonly source: string;
  declare readonly what: 'features' | 'logits';
  declare readonly backend: string;
  declare readonly deviation: number;
  declare readonly tolerance: number;

  constructor(fields: ProbeMismatchErrorFields, options?: FactornetErrorOptions) {
    super(
      CODE,
      `${fields.source} does not pass its golden probes on ${fields.backend}: its ${fields.what} deviate by ${fields.deviation.toPrecision(3)}, tolerated is ${fields.tolerance}.`,
      options,
      fields,
    );
  }

  static override isInstance(error: unknown): error is ProbeMismatchError {
    return FactornetError.hasCode(error, CODE);
  }
}
