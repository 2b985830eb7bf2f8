import type { TaskDescription } from '@factornet/spec';

/**
 * Labels of some examples, one behind the other: whole numbers, or any. How many numbers label one example, and what says
 * that it has no label, is up to the kind of task: for a classification, one class index, or `MISSING_LABEL` (−1).
 */
export type LabelValues = Int32Array | Float32Array;

/** Labels by task. */
export type Labels = Readonly<Record<string, LabelValues>>;

/** Some examples of a dataset, in plain arrays. */
export interface ExampleBatch {
  readonly size: number;
  /** Pictures `[size, height, width, channels]`, values in [0, 1]. */
  readonly images: Float32Array;
  readonly labels: Labels;
}

/** Labelled pictures with random access: a plug-in. Equal indices give equal examples, always. */
export interface Dataset {
  /** Says which data this is, options and seed included; goes into provenance. */
  readonly name: string;
  readonly size: number;
  /** `[height, width, channels]` */
  readonly imageShape: readonly [number, number, number];
  readonly tasks: readonly TaskDescription[];
  /** What whoever uses it should know, a sentence each: files that were skipped, classes without an example. */
  readonly notes?: readonly string[];
  /** The examples at these positions (0 … size − 1), in this order, repeats allowed. */
  read(indices: ArrayLike<number>): Promise<ExampleBatch>;
  /**
   * The labels that `read` gives, where they are known without the pictures; `readLabels` reads them either way. Give
   * it by `withLabels`, so that `{ ...dataset, read }` does not keep the labels of another `read`.
   */
  labels?(indices: ArrayLike<number>): Promise<Labels>;
}
