import { join } from 'node:path';

/** What a run keeps in its folder while it lasts. */
export interface RunPaths {
  /** Its state, from which it goes on. */
  readonly checkpoint: string;
  /** The networks at their last good weights, as a factorization's folder; of a run that was stopped. */
  readonly partial: string;
}

/** @param task of a single factor, whose state lies beside that of others */
export function runPaths(directory: string, task?: string): RunPaths {
  const name = task === undefined ? 'checkpoint' : `checkpoint-${task}`;
  return { checkpoint: join(directory, `${name}.safetensors`), partial: join(directory, 'partial') };
}
