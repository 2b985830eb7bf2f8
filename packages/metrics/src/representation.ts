import type { FeatureMatrix } from '@factornet/core/samples';

/** Codes of examples whose factors of variation are known, one row each. */
export interface FixedRepresentation {
  /** `[examples, codes]` */
  readonly codes: FeatureMatrix;
  /** Whole numbers from 0, `[examples, factors]`. */
  readonly factors: FeatureMatrix;
  /** One number per example, the same in examples that metrics must not part to learn and test, such as frames of one film. */
  readonly groups?: ArrayLike<number> | undefined;
}

/** An encoder together with a way of drawing what it sees, factor by factor. */
export interface RepresentationSampler {
  /** Number of values of each factor. Factors are drawn uniformly and independently. */
  readonly factorSizes: readonly number[];
  /** Codes `[examples, codes]` of examples with these factors `[examples, factors]`. */
  encode(factors: FeatureMatrix): FeatureMatrix | Promise<FeatureMatrix>;
}

/** What metrics are measured on: arrays as they are, or something that draws as many as a metric wants. */
export type Representation = FixedRepresentation | RepresentationSampler;
