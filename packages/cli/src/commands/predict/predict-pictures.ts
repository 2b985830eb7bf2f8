import type { Assembly } from '@factornet/assembler';
import { throwIfCancelled, yieldToEventLoop } from '@factornet/core/training';
import { findPictures, readPictures } from '@factornet/data/node';
import { type PackageSet, withComposition } from '@factornet/registry';
import {
  classification,
  NonFiniteOutputError,
  type TaskDescription,
  type TaskKind,
  taskKinds,
} from '@factornet/spec';
import { kindOf } from '@factornet/spec/internal';
import { type Tensor4D, tensor4d } from '@tensorflow/tfjs';
import { selectBackend } from '../../backend';
import type { Work } from '../../context';
import { withInterrupt } from '../../interrupt';
import type { Outcome } from '../../io';
import type { CompositionFlags } from '../../options/composition-flags';
import { assembleSet } from '../../packages/assemble-set';
import { checkLock } from '../../packages/check-lock';
import { placeOptions } from '../../packages/place-options';
import { refuseConflicts } from '../../packages/refuse-conflicts';
import { type Prediction, renderPredictions } from './prediction-rendering';

export interface PredictFlags extends CompositionFlags {
  /** Pictures, and folders of them. */
  readonly image: readonly string[];
  /** How many classes are told; by default the most probable one. */
  readonly top?: number;
  readonly resize: boolean;
}

/** How many pictures are in memory at once. */
const AT_ONCE = 64;

/** What every factor says about every picture; with `--joint`, what those of a label space say together. */
export async function predictPictures(
  packages: readonly string[],
  flags: PredictFlags,
  work: Work,
): Promise<Outcome> {
  return withInterrupt(work.io, (signal) =>
    withComposition(packages, { ...placeOptions(flags, work), signal }, (set) =>
      predictFound(set, flags, work, signal),
    ),
  );
}

async function predictFound(
  set: PackageSet,
  flags: PredictFlags,
  work: Work,
  signal: AbortSignal,
): Promise<Outcome> {
  const { resize } = flags;
  const { kinds = taskKinds } = work;
  const tasks = set.factors.map(({ manifest }) => manifest.task);
  await checkLock(set, flags);
  refuseConflicts(set, flags.multipleTrunks);
  const shape = set.commons[0]?.manifest.input.shape as [number, number, number];
  const paths = await findPictures(flags.image);
  const read = (start: number) => readPictures(paths.slice(start, start + AT_ONCE), { shape, resize });
  // The first ones before the network: most often they are all, and one that does not fit is told at once.
  let pictures = await read(0);
  await selectBackend(work);
  const network = await assembleSet(set, flags, work);
  try {
    const predictions: Prediction[] = [];
    for (const [index, path] of paths.entries()) {
      // So that Ctrl-C is heard, and what was unpacked for this is removed.
      await yieldToEventLoop();
      throwIfCancelled('Predicting', signal);
      if (index > 0 && index % AT_ONCE === 0) pictures = await read(index);
      const tensor = tensor4d(pictures[index % AT_ONCE] as Float32Array, [1, ...shape]);
      const told = await tell(network, tensor, flags, tasks, kinds)
        .catch((error: unknown) => {
          if (!NonFiniteOutputError.isInstance(error)) throw error;
          // Its position among one says nothing.
          const { source, hint } = error;
          throw new NonFiniteOutputError({ source, picture: path }, { cause: error, ...(hint && { hint }) });
        })
        .finally(() => tensor.dispose());
      predictions.push({ image: path, ...told });
    }
    return { json: { predictions }, text: renderPredictions(predictions, { ...flags, tasks, kinds }) };
  } finally {
    network.dispose();
  }
}

async function tell(
  network: Assembly,
  picture: Tensor4D,
  { joint, top }: PredictFlags,
  tasks: readonly TaskDescription[],
  kinds: readonly TaskKind[],
) {
  if (joint !== undefined) {
    const told = classification().tell(await network.predictJoint(picture, joint), 0, { top });
    return { joint: { labelSpace: joint, ...told } };
  }
  const outputs = await network.predict(picture);
  const told = tasks.map((task) => [task.name, kindOf(task, kinds).tell(outputs[task.name], 0, { top })]);
  return { tasks: Object.fromEntries(told) };
}
