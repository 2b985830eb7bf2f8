import { normalizeImages } from '@factornet/core';
import { modelDigest } from '@factornet/core/training';
import type { InputDescription, TaskDescription } from '@factornet/spec';
import { checkTasks, ofKinds } from '@factornet/spec/training';
import {
  type LayersModel,
  type Tensor,
  type Tensor4D,
  model as tfModel,
  tidy,
  zeros,
} from '@tensorflow/tfjs';
import type { TrainableTaskKind } from '../kinds/trainable-task-kind';
import { trainableTaskKinds } from '../kinds/trainable-task-kinds';
import { checkInput } from './check-input';
import { checkOutputs } from './check-outputs';
import { findLogits } from './find-logits';
import { findTaps } from './find-taps';
import type { Teacher } from './teacher';

export interface LayersTeacherOptions {
  /** Outputs: one tensor per task, in the order of `tasks`; of a classification logits `[batch, classes]`. */
  model: LayersModel;
  name: string;
  input: InputDescription;
  tasks: readonly TaskDescription[];
  /** Kinds of the tasks. Default `trainableTaskKinds`. */
  kinds?: readonly TrainableTaskKind[] | undefined;
  /** Names of layers whose output is `[batch, height, width, channels]` or `[batch, channels]`. */
  taps: readonly string[];
}

/**
 * A teacher made of a TensorFlow.js Layers model. It is evaluated for inference only and never changed;
 * `dispose()` disposes of the model.
 *
 * An output that ends in softmax or sigmoid gives probabilities, not logits: then what comes before that is taken, with
 * the same weights, or, where no layer shows it, the logarithm of the probabilities. `notes` say so.
 *
 * @throws MissingTapError if the model has no layer of that name
 * @throws ShapeMismatchError if an output is not `[batch, classes]`, or the input is not the pictures described
 * @throws InvalidOptionError for a task, tap or field of `input` that makes no sense, which it names
 */
export async function layersTeacher(options: LayersTeacherOptions): Promise<Teacher> {
  const { model, name, input, tasks, taps, kinds = trainableTaskKinds } = options;
  checkTasks(tasks, ofKinds(kinds));
  checkInput(model, input);
  checkOutputs(model, tasks, kinds);
  const tapOutputs = findTaps(model, taps);
  const sources = await findLogits(model, input, tasks, kinds);
  const evaluated = [...new Set([...tapOutputs, ...sources.map(({ output }) => output)])];
  const tapped = tfModel({ name: `${model.name}-tapped`, inputs: model.inputs, outputs: evaluated });
  const notes = sources.flatMap(({ note }, index) =>
    note === undefined ? [] : [`The output for the task "${tasks[index]?.name}" ${note}.`],
  );
  const evaluate = (images: Tensor4D) =>
    tidy(() => {
      const outputs = [tapped.predictOnBatch(normalizeImages(images, input))].flat() as Tensor[];
      const valuesOf = (output: (typeof evaluated)[number]) => outputs[evaluated.indexOf(output)] as Tensor;
      const features = Object.fromEntries(tapOutputs.map((output, index) => [taps[index], valuesOf(output)]));
      const logits = Object.fromEntries(
        sources.map(({ output, toLogits }, index) => [tasks[index]?.name, toLogits(valuesOf(output))]),
      );
      return { features, logits };
    });
  const tapShapes = tidy(() => {
    // A network that takes pictures of any size says how large its maps are only once it sees one.
    const seen =
      tapOutputs.some(({ shape }) => shape.includes(null, 1)) && evaluate(zeros([1, ...input.shape]));
    const shapes = tapOutputs.map(({ shape }, index) =>
      (seen ? seen.features[taps[index] ?? '']?.shape : shape)?.slice(1),
    );
    return Object.fromEntries(taps.map((tap, index) => [tap, shapes[index] as number[]]));
  });
  return {
    name,
    input,
    tasks,
    taps,
    tapShapes,
    ...(notes.length > 0 && { notes }),
    digest: await modelDigest(model),
    evaluate: async (images) => evaluate(images),
    dispose: () => {
      model.dispose();
    },
  };
}
