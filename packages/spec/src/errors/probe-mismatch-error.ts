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
  readonly source: string;
  readonly what: 'features' | 'logits';
  readonly backend: string;
  readonly deviation: number;
  readonly tolerance: number;

  constructor(fields: ProbeMismatchErrorFields, options?: FactornetErrorOptions) {
    super(
      CODE,
      `${fields.source} does not pass its golden probes on ${fields.backend}: its ${fields.what} deviate by ${fields.deviation.toPrecision(3)}, tolerated is ${fields.tolerance}.`,
      options,
    );
    this.source = fields.source;
    this.what = fields.what;
    this.backend = fields.backend;
    this.deviation = fields.deviation;
    this.tolerance = fields.tolerance;
  }

  static override isInstance(error: unknown): error is ProbeMismatchError {
    return FactornetError.hasCode(error, CODE);
  }
}
