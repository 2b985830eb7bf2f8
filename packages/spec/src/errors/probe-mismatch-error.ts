import { errorClass } from './error-class';

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
export const ProbeMismatchError = /* @__PURE__ */ errorClass<ProbeMismatchErrorFields>(
  'probe-mismatch',
  (fields) =>
    `${fields.source} does not pass its golden probes on ${fields.backend}: its ${fields.what} deviate by ${fields.deviation.toPrecision(3)}, tolerated is ${fields.tolerance}.`,
);
export type ProbeMismatchError = InstanceType<typeof ProbeMismatchError>;
