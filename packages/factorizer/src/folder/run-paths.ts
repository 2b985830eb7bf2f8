import { join } from 'node:path';

/** What a run keeps in its folder while it lasts. */
export interface RunPaths {
  /** Its state, from which it goes on. */
  readonly checkpoint: string;
  /** The networks at their last good weights, as a factorization's folder; of a run that was stopped. */
  readonly partial: string;
}

/** @param training one of several of a run, whose state lies beside that of others: `common`, `factor-shape` */
export function runPaths(directory: string, training?: string): RunPaths {
  const name = training === undefined ? 'checkpoint' : `checkpoint-${training}`;
  return { checkpoint: join(directory, `${name}.safetensors`), partial: join(directory, 'partial') };
}
