import { join } from 'node:path';
import { disposeBrick } from '@factornet/core';
import { requireSpace, writeBrick, writeJson } from '@factornet/core/node';
import type { TaskDescription } from '@factornet/spec';
import { type TrainedFactor, type TrainFactorOptions, trainFactor } from '../factorize/train-factor';
import { fileCheckpoint } from '../training/file-checkpoint';
import { factorFolder, removeFactorization } from './factorization-folder';
import { runBytes, specificParameters } from './run-bytes';
import { runPaths } from './run-paths';

/**
 * Trains one more factor into a factorization's folder as `factorizeInto` trains all of them: beside those that are there,
 * with `history-<task>.json` and `findings-<task>.json`.
 *
 * The caller disposes of the factor.
 *
 * @throws as `trainFactor`; WriteFailedError, UnstorableModelError
 */
export async function trainFactorInto<const Task extends TaskDescription>(
  directory: string,
  options: Omit<TrainFactorOptions<Task>, 'checkpoint' | 'onStopped'>,
): Promise<TrainedFactor<Task>> {
  const { common, task, specific } = options;
  const { input, maps } = common.description;
  await requireSpace(directory, runBytes(specificParameters(specific, input, maps)));
  const paths = runPaths(directory, `factor-${task.name}`);
  const checkpoint = fileCheckpoint(paths.checkpoint);
  const trained = await trainFactor({
    ...options,
    checkpoint,
    async onStopped(partial) {
      try {
        await writeBrick(partial, factorFolder(paths.partial, task.name));
      } finally {
        disposeBrick(partial);
      }
    },
  });
  try {
    await writeBrick(trained.factor, factorFolder(directory, task.name));
    await writeJson(join(directory, `history-${task.name}.json`), trained.history);
    await writeJson(join(directory, `findings-${task.name}.json`), trained.findings);
    await removeFactorization(paths.partial);
    await checkpoint.clear();
    return trained;
  } catch (error) {
    disposeBrick(trained.factor);
    throw error;
  }
}
