export const staircaseTasks = ['Gaussian', 'cubic'] as const;
export const staircaseCritics = ['separable', 'joint'] as const;

/** The schedule of Poole et al.: 20 dimensions, batches of 64, the truth rises at equal intervals. */
export const levels = [2, 4, 6, 8, 10] as const;
export const dimensions = 20;
export const batchSize = 64;

export interface StaircaseJob {
  readonly kind: 'staircase';
  readonly task: (typeof staircaseTasks)[number];
  readonly critic: (typeof staircaseCritics)[number];
  /** Name of a training, see trainings.ts. */
  readonly training: string;
  readonly stepsPerLevel: number;
  readonly seed: number;
}

/** Of some consecutive batches; null where values overflowed. */
export interface Spread {
  readonly mean: number | null;
  readonly deviation: number | null;
}

export interface StaircaseResult {
  /** Per reading: mean and standard deviation over batches in the last quarter of each level. */
  readonly plateaus: Readonly<Record<string, readonly Spread[]>>;
  /** Per reading: mean, 10 % and 90 % quantile of each of `points` equal stretches of the schedule. */
  readonly curves: Readonly<Record<string, readonly (readonly [mean: number, low: number, high: number])[]>>;
  readonly seconds: number;
}
