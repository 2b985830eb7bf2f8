import { createProgressReporter } from '@factornet/cli';
import type { Optimizer } from '@factornet/core/training';
import type { Augmentation, Dataset } from '@factornet/data';
import { layersTeacher, measureTeacher, trainTeacher } from '@factornet/factorizer';
import { writeTeacher } from '@factornet/factorizer/node';
import type { InputDescription } from '@factornet/spec';
import type { TeacherManifest } from '@factornet/spec/training';
import { type Backbone, multiTaskClassifier } from '@factornet/zoo';

export interface ExampleTeacherOptions {
  name: string;
  backbone: Backbone;
  input: InputDescription;
  data: Dataset;
  test: Dataset;
  augmentations?: readonly Augmentation[];
  taps: readonly string[];
  epochs: number;
  batchSize: number;
  seed: number;
  optimizer: Optimizer;
  directory: string;
  /** What a reader types to train it again. */
  command: string;
  signal?: AbortSignal;
}

/** Trains a teacher for an example, measures it on the test set and writes its folder. */
export async function trainExampleTeacher(options: ExampleTeacherOptions): Promise<TeacherManifest> {
  const { name, backbone, input, data, test, taps, directory, command, seed } = options;
  const tasks = [...data.tasks];
  const model = multiTaskClassifier({
    backbone,
    tasks: tasks.map((task) => ({ name: task.name, classes: task.classes.length })),
    inputShape: input.shape,
    seed,
    name: 'teacher',
  });
  const reporter = createProgressReporter();
  try {
    await trainTeacher({ ...options, model, tasks, onProgress: reporter.onProgress });
  } finally {
    reporter.stop();
  }
  const teacher = await layersTeacher({ model, name, input, tasks, taps });
  const accuracy = await measureTeacher(teacher, test);
  const manifest = await writeTeacher(directory, model, {
    name,
    input,
    tasks,
    taps: [...taps],
    accuracy,
    data: test.name,
    command,
    seed,
  });
  teacher.dispose();
  process.stdout.write(`${JSON.stringify(accuracy)}\n`);
  return manifest;
}
