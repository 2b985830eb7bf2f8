/** Factor on the learning rate as a function of progress in [0, 1]. */
export type Schedule = (progress: number) => number;

/** Rises linearly over the first `warmup` of training, then falls as half a cosine to zero. */
export function cosineSchedule({ warmup = 0.05 }: { warmup?: number } = {}): Schedule {
  return (progress) =>
    progress < warmup
      ? (progress + 1e-3) / (warmup + 1e-3)
      : 0.5 * (1 + Math.cos((Math.PI * (progress - warmup)) / (1 - warmup)));
}

export function constantSchedule(): Schedule {
  return () => 1;
}
