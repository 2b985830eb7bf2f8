/** A number per task, by name. */
export type PerTask = Readonly<Record<string, number>>;

/** Read from the means of q(t|x), as an assembled network uses them, and from one draw of t per picture. */
export interface MeanAndSample<Value> {
  readonly mean: Value;
  readonly sample: Value;
}
