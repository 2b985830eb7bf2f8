import { requireSpace } from '@factornet/core/node';
import type { TaskDescription } from '@factornet/spec';
import { disposeFactorization, type Factorization } from '../factorize/factorization';
import { factorize } from '../factorize/factorize';
import type { FactorizeOptions } from '../factorize/factorize-options';
import { mapsOfBackbone } from '../networks/usual-map';
import type { CheckpointStore } from '../training/checkpoint';
import { fileCheckpoint } from '../training/file-checkpoint';
import { removeFactorization, writeFactorization } from './factorization-folder';
import { backboneParameters, runBytes, specificParameters } from './run-bytes';
import { runPaths } from './run-paths';

export type FactorizeIntoOptions<Tasks extends readonly TaskDescription[] = readonly TaskDescription[]> =
  Omit<FactorizeOptions<Tasks>, 'checkpoint' | 'onStopped'>;

/**
 * Factorizes into a folder that is there and the caller's own (`withRunFolder` of core): its disk has to have room for the
 * run, the state is kept in it, see {@link runPaths}, and the same call goes on from there; stopped midway, it keeps the
 * networks at their last good weights. In the end it holds the factorization.
 *
 * The caller disposes of the result with `disposeFactorization`.
 *
 * @throws as `factorize`; WriteFailedError, UnstorableModelError
 * @example
 * const finished = () => findNetwork('out');
 * const { common } = await withRunFolder('out', { finished }, () => factorizeInto('out', { teacher, data, … }));
 */
export async function factorizeInto<const Tasks extends readonly TaskDescription[]>(
  directory: string,
  options: FactorizeIntoOptions<Tasks>,
): Promise<Factorization<Tasks>> {
  const { teacher, specific } = options;
  const maps = mapsOfBackbone(options.common, teacher.input);
  const sizes = (options.tasks ?? teacher.tasks).map((task) =>
    specificParameters(typeof specific === 'function' ? specific(task) : specific, teacher.input, maps),
  );
  const common = backboneParameters(options.common, teacher.input.shape);
  const parameters = sizes.reduce((sum, size) => sum + size, common);
  await requireSpace(directory, runBytes(parameters));
  const { partial: partialFolder } = runPaths(directory);
  const checkpoints = new Map<string, CheckpointStore>();
  const checkpoint = (training: string) => {
    const store = fileCheckpoint(runPaths(directory, training).checkpoint);
    checkpoints.set(training, store);
    return store;
  };
  const result = await factorize({
    ...options,
    checkpoint,
    async onStopped(partial) {
      try {
        await writeFactorization(partial, partialFolder);
      } finally {
        disposeFactorization(partial);
      }
    },
  });
  try {
    await writeFactorization(result, directory);
    await removeFactorization(partialFolder);
    for (const store of checkpoints.values()) await store.clear();
    return result;
  } catch (error) {
    disposeFactorization(result);
    throw error;
  }
}
