import { requireSpace } from '@factornet/core/node';
import type { Dataset } from '@factornet/data';
import type { InputDescription } from '@factornet/spec';
import { kindOf, outputSize } from '@factornet/spec/internal';
import type { TeacherManifest } from '@factornet/spec/training';
import { type Backbone, multiTaskClassifier } from '@factornet/zoo';
import { measureTeacher } from '../evaluation/measure-teacher';
import { layersTeacher } from '../teacher/layers-teacher';
import { writeTeacher } from '../teacher/teacher-files';
import { type TrainTeacherOptions, trainTeacher } from '../teacher/train-teacher';
import { fileCheckpoint } from '../training/file-checkpoint';
import type { EpochRecord } from '../training/progress';
import { runDefaults } from '../training/run-options';
import { runBytes } from './run-bytes';
import { runPaths } from './run-paths';

export interface TrainTeacherIntoOptions
  extends Omit<TrainTeacherOptions, 'model' | 'tasks' | 'checkpoint'>,
    Pick<TeacherManifest, 'name' | 'command'> {
  backbone: Backbone;
  input: InputDescription;
  /** To train on, for all of its tasks. */
  data: Dataset;
  /** To measure on. */
  test: Dataset;
  /** Layers that factorizing will look at. Default: the backbone's last two maps, and its features. */
  taps?: readonly string[];
  seed: number;
}

/**
 * Trains a network for every task of a dataset into a folder that is there and the caller's own (`withRunFolder` of core):
 * its disk has to have room for the run, the state is kept in it, see {@link runPaths}, and the same call goes on from
 * there. In the end it holds the teacher and what it was measured to be on other pictures.
 *
 * @throws as `trainTeacher`; MissingTapError, before training; WriteFailedError, UnstorableModelError
 * @example
 * const { manifest } = await trainTeacherInto('teacher', {
 *   name: 'shapes',
 *   backbone: convolutional({ filters: [16, 32, 64], features: 64 }),
 *   input: { shape: [32, 32, 3], layout: 'NHWC', normalization: await channelStatistics(train) },
 *   data: train,
 *   test,
 *   seed: 1,
 *   command: 'node train.js',
 * });
 */
export async function trainTeacherInto(
  directory: string,
  { name, backbone, input, test, taps = tapsOf(backbone), command, ...options }: TrainTeacherIntoOptions,
): Promise<{ manifest: TeacherManifest; history: readonly EpochRecord[] }> {
  const { data, seed, kinds = runDefaults.kinds } = options;
  const tasks = [...data.tasks];
  const model = multiTaskClassifier({
    backbone,
    tasks: tasks.map((task) => ({ name: task.name, classes: outputSize(kindOf(task, kinds), task) })),
    inputShape: input.shape,
    seed,
    name: 'teacher',
  });
  try {
    // Looks up the taps, so that a wrong name is told before training and not after.
    const teacher = await layersTeacher({ model, name, input, tasks, taps, kinds });
    await requireSpace(directory, runBytes(model.countParams()));
    const checkpoint = fileCheckpoint(runPaths(directory).checkpoint);
    const history = await trainTeacher({ ...options, input, model, tasks, checkpoint });
    const accuracy = await measureTeacher(teacher, test, options);
    const manifest = await writeTeacher(
      directory,
      model,
      {
        ...{ name, input, tasks, taps: [...taps], accuracy, data: test.name, command, seed },
      },
      { kinds },
    );
    await checkpoint.clear();
    return { manifest, history };
  } finally {
    model.dispose();
  }
}

/** What `commonObjective` reads of a teacher. */
function tapsOf({ maps }: Backbone): string[] {
  return [...maps.slice(-2).map(({ layer }) => layer), 'features'].map((layer) => `teacher/${layer}`);
}
