import { access } from 'node:fs/promises';
import { type Dataset, limited, type ShapesOptions, shapes } from '@factornet/data';
import { imageFolder } from '@factornet/data/node';
import { InvalidOptionError, MissingFileError, type TaskDescription } from '@factornet/spec';
import type { Work } from '../context';

/** What `--data` may say after `shapes:`, and what it sets. */
const shapesKeys: Readonly<Record<string, keyof ShapesOptions>> = {
  size: 'size',
  seed: 'seed',
  'image-size': 'imageSize',
  noise: 'noise',
  rotation: 'rotation',
  position: 'position',
  'hue-jitter': 'hueJitter',
};

const shapesDefaults = { size: 4000, seed: 0 };

export interface OpenDataOptions {
  /** What the classes of an image folder are about. Default `class`. */
  taskName?: string | undefined;
  /** Of the network that the pictures are for. Default 3. */
  channels?: number | undefined;
  /** Takes so many examples at most, each class in proportion. */
  limit?: number | undefined;
  /** Chooses the examples of `limit`. Default 0. */
  seed?: number | undefined;
}

/**
 * Opens what `--data` names: `shapes`, `shapes:size=8000,seed=1,noise=0.05`, or the path of a folder or tar
 * file with one sub-folder of JPEG or PNG pictures per class.
 *
 * @throws InvalidOptionError for an option that shapes() does not have
 * @throws MissingFileError if there is nothing at the path
 */
export async function openData(
  spec: string,
  { taskName, limit, seed = 0, channels }: OpenDataOptions = {},
): Promise<Dataset> {
  const dataset = await openWhole(spec, taskName, channels);
  return limit === undefined ? dataset : limited(dataset, limit, { seed });
}

/** Says what there is to know of data: files that were skipped, classes without an example. */
export function tellNotes(what: string, { notes = [] }: Pick<Dataset, 'notes'>, log: Work['log']): void {
  for (const note of notes) log(`${what}: ${note}`);
}

async function openWhole(
  spec: string,
  taskName: string | undefined,
  channels: number | undefined,
): Promise<Dataset> {
  const [, options] = /^shapes(?::(.*))?$/.exec(spec) ? [spec, spec.slice('shapes:'.length)] : [];
  if (options !== undefined) return shapes(parseShapesOptions(options));
  try {
    await access(spec);
  } catch (cause) {
    throw new MissingFileError(
      { path: spec },
      {
        cause,
        hint: '--data takes "shapes", "shapes:size=8000,seed=1", or a folder or tar file that holds one sub-folder of JPEG or PNG pictures per class, e.g. pictures/cat/1.jpg.',
      },
    );
  }
  return imageFolder(spec, {
    ...(taskName !== undefined && { task: taskName }),
    ...(channels === 1 && { channels }),
  });
}

function parseShapesOptions(text: string): ShapesOptions {
  const pairs = text.split(',').filter((pair) => pair !== '');
  const refuse = () => {
    throw new InvalidOptionError({
      option: 'data',
      expected: `shapes:KEY=NUMBER,… with the keys ${Object.keys(shapesKeys).join(', ')}, each once`,
      received: `shapes:${text}`,
    });
  };
  const given = pairs.map((pair): [keyof ShapesOptions, number] => {
    const [, key = '', value = ''] = /^([^=]*)=([^=]*)$/.exec(pair) ?? [];
    const option = shapesKeys[key];
    if (option === undefined || value.trim() === '' || !Number.isFinite(Number(value))) {
      return refuse();
    }
    return [option, Number(value)];
  });
  if (new Set(given.map(([option]) => option)).size < given.length) refuse();
  return { ...shapesDefaults, ...Object.fromEntries(given) };
}

/** The name of a teacher's task, if it has only one: what the classes of an image folder must be about. */
export function onlyTask({ tasks }: { readonly tasks: readonly TaskDescription[] }): string | undefined {
  return tasks.length === 1 ? tasks[0]?.name : undefined;
}
