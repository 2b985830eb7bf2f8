import { rm } from 'node:fs/promises';
import { readTensorFile, writeTensorFile } from '@factornet/core/node';
import { IntegrityError, MissingFileError } from '@factornet/spec';
import type { CheckpointStore, TrainingState } from './checkpoint';

/**
 * Keeps a run's state in one safetensors file, replaced atomically. `load` throws IntegrityError for a file
 * that was truncated or is no checkpoint.
 */
export function fileCheckpoint(path: string): CheckpointStore {
  return {
    async save({ tensors, ...rest }) {
      await writeTensorFile(path, tensors, { state: JSON.stringify(rest) });
    },
    async load() {
      try {
        const { tensors, metadata } = await readTensorFile(path);
        const rest = JSON.parse(metadata.state ?? '{}') as Omit<TrainingState, 'tensors'>;
        return { ...rest, tensors };
      } catch (cause) {
        if (MissingFileError.isInstance(cause)) return undefined;
        const hint = 'The checkpoint is damaged: delete the file to start the run afresh.';
        if (IntegrityError.isInstance(cause)) throw new IntegrityError(cause, { cause, hint });
        const received = cause instanceof Error ? cause.message : String(cause);
        throw new IntegrityError({ path, expected: 'a checkpoint', received }, { cause, hint });
      }
    },
    async clear() {
      await rm(path, { force: true });
    },
  };
}
