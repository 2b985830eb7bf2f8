import { requireSpace } from '@factornet/core/node';
import type { TaskDescription } from '@factornet/spec';
import { disposeFactorization, type Factorization } from '../factorize/factorization';
import { type FactorizeOptions, factorize } from '../factorize/factorize';
import { createCommonPart } from '../networks/networks';
import { fileCheckpoint } from '../training/file-checkpoint';
import { removeFactorization, writeFactorization } from './factorization-folder';
import { runBytes, specificParameters } from './run-bytes';
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
  const common = createCommonPart(options.common, { input: teacher.input, seed: 1, maps: options.maps });
  const { network, maps } = common;
  const sizes = (options.tasks ?? teacher.tasks).map((task) =>
    specificParameters(typeof specific === 'function' ? specific(task) : specific, teacher.input, maps),
  );
  const parameters = sizes.reduce((sum, size) => sum + size, network.countParams());
  network.dispose();
  await requireSpace(directory, runBytes(parameters));
  const paths = runPaths(directory);
  const checkpoint = fileCheckpoint(paths.checkpoint);
  const result = await factorize({
    ...options,
    checkpoint,
    async onStopped(partial) {
      try {
        await writeFactorization(partial, paths.partial);
      } finally {
        disposeFactorization(partial);
      }
    },
  });
  try {
    await writeFactorization(result, directory);
    await removeFactorization(paths.partial);
    await checkpoint.clear();
    return result;
  } catch (error) {
    disposeFactorization(result);
    throw error;
  }
}
