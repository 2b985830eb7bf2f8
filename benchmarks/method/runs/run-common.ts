import { join } from 'node:path';
import { writeBrick } from '@factornet/core/node';
import { type Dataset, readLabels } from '@factornet/data';
import { disposeFactorization, type Teacher } from '@factornet/factorizer';
import { accuracy, chanceAccuracy, linearProbe, normalisedAccuracy } from '@factornet/metrics';
import { isClassification } from '@factornet/spec/training';
import { type CommonJob, commonJob, jobName, newTasks, seenTasks } from '../job';
import { claimPictures, labelledFor, trainingPictures } from '../pictures';
import type { CommonResult } from '../results';
import { collectFeatures } from './collect-features';
import { trainDesign } from './designs';

/** Where the common network of two tasks stays for new factors. */
export function commonFolder(folder: string, job: Omit<CommonJob, 'kind'>): string {
  return join(folder, jobName(commonJob(job)));
}

/** Trains a common network on two tasks, keeps it, and reads four others from its z. */
export async function runCommon(job: CommonJob, teacher: Teacher, folder: string): Promise<CommonResult> {
  const { settings, seed, learningRate } = job;
  const [training, test] = [trainingPictures(settings), claimPictures(settings)];
  const tasks = teacher.tasks.filter(({ name }) => seenTasks.some((seen) => seen === name));
  const { epochs } = settings;
  const trained = await trainDesign({ teacher, data: training, tasks, seed, learningRate, epochs });
  try {
    await writeBrick(trained.common, commonFolder(folder, job));
    const [shown, asked] = [
      await collectFeatures(trained.common, teacher, training),
      await collectFeatures(trained.common, teacher, test),
    ];
    const probe: Record<string, { z: number; taps: number }> = {};
    for (const task of newTasks) {
      const [own, other] = [labelledFor(task, training, training), labelledFor(task, test, training)];
      const [known, truth] = [await labelsOf(own), await labelsOf(other)];
      const classes = classesOf(own);
      const read = (features: 'z' | 'taps') => {
        const fitted = linearProbe().fit(shown[features], known, classes);
        const right = accuracy(fitted.predict(asked[features]), truth);
        return normalisedAccuracy(right, chanceAccuracy(truth, classes));
      };
      probe[task] = { z: read('z'), taps: read('taps') };
    }
    return { probe };
  } finally {
    disposeFactorization(trained);
  }
}

async function labelsOf(data: Dataset): Promise<Int32Array> {
  return (await readLabels(data))[data.tasks[0]?.name as string] as Int32Array;
}

function classesOf({ tasks: [task] }: Dataset): number {
  if (task === undefined || !isClassification(task)) throw new Error('new tasks are classifications');
  return task.classes.length;
}
