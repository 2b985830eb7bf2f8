import { assemble } from '@factornet/assembler';
import { tensor4d } from '@tensorflow/tfjs';
import { selectBackend } from '../backend';
import type { Work } from '../context';
import type { Outcome } from '../io';
import { readPicture } from '../pictures/read-picture';
import { formatShare } from '../render/format';
import { numeric, renderTable } from '../render/table';
import { refuseConflicts, resolvePackages } from './resolve-packages';

export interface PredictFlags {
  readonly image: readonly string[];
  readonly resize: boolean;
}

/** What every factor says about every picture. */
export async function predictPictures(
  packages: readonly string[],
  { image, resize }: PredictFlags,
  work: Work,
): Promise<Outcome> {
  const set = await resolvePackages(packages);
  refuseConflicts(set);
  const shape = set.common.manifest.input.shape as [number, number, number];
  const pictures = await Promise.all(image.map((path) => readPicture(path, { shape, resize })));
  await selectBackend(work);
  const network = await assemble(set.common, set.factors);
  try {
    const predictions = [];
    for (const [index, path] of image.entries()) {
      const tensor = tensor4d(pictures[index] as Float32Array, [1, ...shape]);
      const outputs = await network.predict(tensor).finally(() => tensor.dispose());
      const tasks = Object.fromEntries(
        Object.entries(outputs).map(([task, { classes, labels, probabilities }]) => {
          const byClass = classes.map((name, position) => [name, probabilities[position] as number]);
          return [
            task,
            {
              class: labels[0] as string,
              probability: Math.max(...probabilities),
              probabilities: Object.fromEntries(byClass) as Record<string, number>,
            },
          ];
        }),
      );
      predictions.push({ image: path, tasks });
    }
    const rows = predictions.flatMap(({ image: path, tasks }) =>
      Object.entries(tasks).map(([task, told], position) => [
        position === 0 ? path : '',
        task,
        told.class,
        formatShare(told.probability),
      ]),
    );
    return {
      json: { predictions },
      text: renderTable(['picture', 'task', 'class', numeric('probability')], rows),
    };
  } finally {
    network.dispose();
  }
}
