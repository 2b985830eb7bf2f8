import type { FeatureMatrix } from '@factornet/core/samples';

/** What a file holds of the arrays that are wanted. */
export interface FoundArrays {
  /** By name; those that are wanted and there. An array of one dimension is one column. */
  readonly arrays: ReadonlyMap<string, FeatureMatrix>;
  /** Names of everything in the file (for `.csv`, of its columns), to name what is there in place of what is not. */
  readonly present: readonly string[];
}

export interface ReadArraysOptions {
  /** Told how many bytes of how many are read, where that may take long. */
  readonly onProgress?: ((bytes: number, total: number) => void) | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** Reads the arrays of these names, as far as the file has them. */
export type ArrayReader = (
  path: string,
  names: readonly string[],
  options: ReadArraysOptions,
) => Promise<FoundArrays>;
