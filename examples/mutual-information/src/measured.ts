/** What `measureInformation` of `consumer/measure.js` answers. */
export interface MeasuredInformation {
  readonly backend: string;
  /** I(x; y) of the samples' distribution, in nats. */
  readonly truth: number;
  readonly estimates: Readonly<
    Record<string, { value: number; standardError: number; warnings: readonly string[] }>
  >;
}

/** What the project writes in Node and shows in a page. */
export interface Measured {
  readonly information: MeasuredInformation;
  readonly metrics: Readonly<Record<string, number>>;
}
