/** What `consumer/measure.js` answers. */
export interface Measured {
  readonly backend: string;
  /** I(x; y) of the samples' distribution, in nats. */
  readonly truth: number;
  readonly estimates: Readonly<
    Record<string, { value: number; standardError: number; warnings: readonly string[] }>
  >;
  readonly metrics: Readonly<Record<string, number>>;
}
