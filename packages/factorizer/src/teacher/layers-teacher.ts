import { normalizeImages } from '@factornet/core';
import { modelDigest } from '@factornet/core/training';
import type { InputDescription, TaskDescription } from '@factornet/spec';
import { checkTasks } from '@factornet/spec/training';
import { type LayersModel, type Tensor, type Tensor2D, model as tfModel, tidy } from '@tensorflow/tfjs';
import { checkInput } from './check-input';
import { checkOutputs } from './check-outputs';
import { findLogits } from './find-logits';
import { findTaps } from './find-taps';
import type { Teacher } from './teacher';

export interface LayersTeacherOptions {
  /** Outputs: logits, one tensor `[batch, classes]` per task, in the order of `tasks`. */
  model: LayersModel;
  name: string;
  input: InputDescription;
  tasks: readonly TaskDescription[];
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
  const { model, name, input, tasks, taps } = options;
  checkTasks(tasks);
  checkInput(model, input);
  checkOutputs(model, tasks);
  const tapOutputs = findTaps(model, taps);
  const sources = await findLogits(model, input);
  const evaluated = [...new Set([...tapOutputs, ...sources.map(({ output }) => output)])];
  const tapped = tfModel({ name: `${model.name}-tapped`, inputs: model.inputs, outputs: evaluated });
  const tapFeatures = Object.fromEntries(
    taps.map((tap, index) => [tap, tapOutputs[index]?.shape.at(-1) as number]),
  );
  const notes = sources.flatMap(({ note }, index) =>
    note === undefined ? [] : [`The output for the task "${tasks[index]?.name}" ${note}.`],
  );
  return {
    name,
    input,
    tasks,
    taps,
    tapFeatures,
    ...(notes.length > 0 && { notes }),
    digest: await modelDigest(model),
    evaluate: (images) =>
      tidy(() => {
        const result = tapped.predictOnBatch(normalizeImages(images, input));
        const outputs = Array.isArray(result) ? result : [result];
        const valuesOf = (output: (typeof evaluated)[number]) => outputs[evaluated.indexOf(output)] as Tensor;
        const features = Object.fromEntries(
          tapOutputs.map((output, index) => [taps[index], averagePositions(valuesOf(output))]),
        );
        const logits = Object.fromEntries(
          sources.map(({ output, toLogits }, index) => [tasks[index]?.name, toLogits(valuesOf(output))]),
        );
        return { features, logits };
      }),
    dispose: () => {
      model.dispose();
    },
  };
}

/** `[batch, height, width, channels]` → `[batch, channels]`; vectors stay as they are. */
function averagePositions(features: Tensor): Tensor2D {
  return (features.rank === 4 ? features.mean([1, 2]) : features) as Tensor2D;
}
