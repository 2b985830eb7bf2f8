/** A figure of several runs that differ in their seed. */
export interface Figure {
  /** One per seed, in the order of the settings. */
  readonly values: readonly number[];
  readonly mean: number;
  /** Standard deviation over seeds, `n − 1` below the sum; 0 of a single one. */
  readonly deviation: number;
}

export function figureOf(values: readonly number[]): Figure {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return { values, mean, deviation: values.length < 2 ? 0 : Math.sqrt(squares / (values.length - 1)) };
}

/** `one − other`, seed by seed. */
export function difference(one: Figure, other: Figure): Figure {
  return figureOf(one.values.map((value, index) => value - (other.values[index] as number)));
}

/** Of the mean, over seeds. */
export function standardError({ values, deviation }: Figure): number {
  return deviation / Math.sqrt(values.length);
}
