import type { Assembly, TaskPrediction } from '@factornet/assembler';
import { readPictures } from '@factornet/data/node';
import { NonFiniteOutputError } from '@factornet/spec';
import { type Tensor4D, tensor4d } from '@tensorflow/tfjs';
import { selectBackend } from '../../backend';
import type { Work } from '../../context';
import type { Outcome } from '../../io';
import type { CompositionFlags } from '../../options/composition-flags';
import { assembleSet } from '../../packages/assemble-set';
import { checkLock } from '../../packages/check-lock';
import { refuseConflicts, resolvePackages } from '../../packages/resolve-packages';
import { formatShare } from '../../render/format';
import { numeric, renderTable } from '../../render/table';

export interface PredictFlags extends CompositionFlags {
  readonly image: readonly string[];
  readonly resize: boolean;
}

interface Told {
  readonly class: string;
  readonly probability: number;
  readonly probabilities: Readonly<Record<string, number>>;
}

/** What every factor says about every picture; with `--joint`, what those of a label space say together. */
export async function predictPictures(
  packages: readonly string[],
  flags: PredictFlags,
  work: Work,
): Promise<Outcome> {
  const { image, resize, joint } = flags;
  const set = await resolvePackages(packages, flags.from);
  await checkLock(set, flags);
  refuseConflicts(set, flags.multipleTrunks);
  const shape = set.commons[0]?.manifest.input.shape as [number, number, number];
  const pictures = await readPictures(image, { shape, resize });
  await selectBackend(work);
  const network = await assembleSet(set, flags, work);
  try {
    const predictions = [];
    for (const [index, path] of image.entries()) {
      const tensor = tensor4d(pictures[index] as Float32Array, [1, ...shape]);
      const told = await tell(network, tensor, joint)
        .catch((error: unknown) => {
          if (!NonFiniteOutputError.isInstance(error)) throw error;
          // Its position among one says nothing.
          const { source, hint } = error;
          throw new NonFiniteOutputError({ source, picture: path }, { cause: error, ...(hint && { hint }) });
        })
        .finally(() => tensor.dispose());
      predictions.push({ image: path, ...told });
    }
    const rows = predictions.flatMap((prediction) => {
      const told =
        'joint' in prediction ? { [prediction.joint.labelSpace]: prediction.joint } : prediction.tasks;
      return Object.entries<Told>(told).map(([name, one], position) => [
        position === 0 ? prediction.image : '',
        name,
        one.class,
        formatShare(one.probability),
      ]);
    });
    const heading = joint === undefined ? 'task' : 'label space';
    return {
      json: { predictions },
      text: renderTable(['picture', heading, 'class', numeric('probability')], rows),
    };
  } finally {
    network.dispose();
  }
}

async function tell(network: Assembly, picture: Tensor4D, joint: string | undefined) {
  if (joint !== undefined) {
    const prediction = await network.predictJoint(picture, joint);
    return { joint: { labelSpace: joint, ...toldBy(prediction) } };
  }
  const outputs = await network.predict(picture);
  return {
    tasks: Object.fromEntries(Object.entries(outputs).map(([task, one]) => [task, toldBy(one)])),
  };
}

function toldBy({ classes, labels, probabilities }: TaskPrediction): Told {
  return {
    class: labels[0] as string,
    probability: Math.max(...probabilities),
    probabilities: Object.fromEntries(
      classes.map((name, position) => [name, probabilities[position] as number]),
    ),
  };
}
