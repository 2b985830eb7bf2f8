import { normalizeImages } from '@factornet/core';
import { modelDigest } from '@factornet/core/training';
import { type InputDescription, ShapeMismatchError, type TaskDescription } from '@factornet/spec';
import { MissingTapError } from '@factornet/spec/training';
import { type LayersModel, type Tensor, type Tensor2D, model as tfModel, tidy } from '@tensorflow/tfjs';
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
 * @throws MissingTapError if the model has no layer of that name
 * @throws ShapeMismatchError if an output is not `[batch, classes]`
 */
export async function layersTeacher(options: LayersTeacherOptions): Promise<Teacher> {
  const { model, name, input, tasks, taps } = options;
  tasks.forEach((task, index) => {
    const received = model.outputs[index]?.shape ?? [];
    if (received.length !== 2 || received[1] !== task.classes.length) {
      throw new ShapeMismatchError({
        what: `the teacher's output ${index} (task "${task.name}")`,
        expected: [null, task.classes.length],
        received,
      });
    }
  });
  const tapOutputs = taps.map((tap) => {
    const layer = model.layers.find((candidate) => candidate.name === tap);
    if (layer === undefined || Array.isArray(layer.output)) {
      const known = model.layers.filter(({ output }) => !Array.isArray(output)).map((known) => known.name);
      throw new MissingTapError({ tap, known }, { hint: 'Name one of them, e.g. with --tap.' });
    }
    return layer.output;
  });
  const tapped = tfModel({
    name: `${model.name}-tapped`,
    inputs: model.inputs,
    outputs: [...tapOutputs, ...model.outputs.slice(0, tasks.length)],
  });
  const tapFeatures = Object.fromEntries(
    taps.map((tap, index) => [tap, tapOutputs[index]?.shape.at(-1) as number]),
  );
  return {
    name,
    input,
    tasks,
    taps,
    tapFeatures,
    digest: await modelDigest(model),
    evaluate: (images) =>
      tidy(() => {
        const result = tapped.predictOnBatch(normalizeImages(images, input));
        const outputs = Array.isArray(result) ? result : [result];
        const features = Object.fromEntries(
          taps.map((tap, index) => [tap, averagePositions(outputs[index] as Tensor)]),
        );
        const logits = Object.fromEntries(
          tasks.map((task, index) => [task.name, outputs[taps.length + index] as Tensor2D]),
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
