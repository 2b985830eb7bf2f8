import { rm } from 'node:fs/promises';
import { readTensorFile, writeTensorFile } from '@factornet/core/node';
import { MissingFileError } from '@factornet/spec';
import type { CheckpointStore, TrainingState } from './checkpoint';

/** Keeps a run's state in one safetensors file, replaced atomically. */
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
      } catch (error) {
        if (MissingFileError.isInstance(error)) return undefined;
        throw error;
      }
    },
    async clear() {
      await rm(path, { force: true });
    },
  };
}
