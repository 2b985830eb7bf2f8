import { type Dataset, shapes } from '@factornet/data';
import type { ClassificationTask, InputDescription, TaskDescription } from '@factornet/spec';
import { isClassification } from '@factornet/spec/training';
import { convolutional, multiTaskClassifier } from '@factornet/zoo';
import { type LayersModel, tidy, truncatedNormal } from '@tensorflow/tfjs';
import { layersTeacher } from '../teacher/layers-teacher';
import type { Teacher } from '../teacher/teacher';

/** Small enough for a training run in a fraction of a second. */
export const tinyInput: InputDescription = {
  shape: [20, 20, 3],
  layout: 'NHWC',
  normalization: { mean: [0.25, 0.3, 0.35], standardDeviation: [0.2, 0.25, 0.3] },
};

export const tinyTaps = ['teacher/block-1/relu', 'teacher/features'] as const;

export function tinyData(size = 48, seed = 1): Dataset {
  return shapes({ size, seed, imageSize: 20 });
}

/** A dataset that labels only these tasks. */
export function keepTasks(data: Dataset, names: readonly string[]): Dataset {
  return {
    ...data,
    tasks: data.tasks.filter(({ name }) => names.includes(name)),
    async read(indices) {
      const { labels, ...rest } = await data.read(indices);
      return {
        ...rest,
        labels: Object.fromEntries(Object.entries(labels).filter(([name]) => names.includes(name))),
      };
    },
  };
}

/** The same examples with the classes of every task numbered from the last to the first. */
export function numberedBackwards(data: Dataset): Dataset {
  return {
    ...data,
    tasks: data.tasks
      .filter(isClassification)
      .map((task) => ({ ...task, classes: [...task.classes].reverse() })),
    async read(indices) {
      const { labels, ...rest } = await data.read(indices);
      const backwards = data.tasks
        .filter(isClassification)
        .map(({ name, classes }) => [
          name,
          labels[name]?.map((label) => (label < 0 ? label : classes.length - 1 - label)),
        ]);
      return { ...rest, labels: Object.fromEntries(backwards) };
    },
  };
}

export function taskNamed(data: Dataset, name: string): ClassificationTask {
  return data.tasks.find((task) => task.name === name) as ClassificationTask;
}

export const tinyCommon = () => convolutional({ filters: [4, 8], strides: 2, features: 6 });
export const tinySpecific = () => convolutional({ filters: [4], strides: 2, features: 5 });

/** An untrained network for several tasks whose BatchNorm statistics have moved from where they start. */
export function tinyTeacherModel(tasks: readonly TaskDescription[], seed = 3): LayersModel {
  const model = multiTaskClassifier({
    backbone: convolutional({ filters: [4, 6], strides: 2, features: 7 }),
    tasks: tasks.filter(isClassification).map(({ name, classes }) => ({ name, classes: classes.length })),
    inputShape: tinyInput.shape,
    seed,
    name: 'teacher',
  });
  tidy(
    () =>
      void model.apply(truncatedNormal([8, ...tinyInput.shape], 0.3, 1, 'float32', 5), { training: true }),
  );
  return model;
}

export async function tinyTeacher(
  tasks: readonly TaskDescription[] = tinyData().tasks,
): Promise<{ teacher: Teacher; model: LayersModel }> {
  const model = tinyTeacherModel(tasks);
  const teacher = await layersTeacher({ model, name: 'tiny', input: tinyInput, tasks, taps: tinyTaps });
  return { teacher, model };
}

/** Every weight and BatchNorm statistic, as bytes: what "bit-identical" compares. */
export async function weightBytes(...models: readonly LayersModel[]): Promise<Uint8Array[]> {
  const weights = models.flatMap((model) => model.weights);
  return Promise.all(
    weights.map(async (weight) => {
      const values = (await weight.read().data()) as Float32Array;
      return new Uint8Array(values.buffer, values.byteOffset, values.byteLength).slice();
    }),
  );
}
