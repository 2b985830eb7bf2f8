/** A number per task, by name. */
export type PerTask = Readonly<Record<string, number>>;
