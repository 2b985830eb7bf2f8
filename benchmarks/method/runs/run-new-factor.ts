import { disposeBrick } from '@factornet/core';
import { readBrick } from '@factornet/core/node';
import type { ClassificationTask } from '@factornet/spec';
import { labelCounts, type NewFactorJob } from '../job';
import { claimPictures, fewPictures, labelledFor, searchPictures, trainingPictures } from '../pictures';
import type { NewFactorResult } from '../results';
import type { LabelCount } from '../settings';
import { budgetFor } from './new-factor-budget';
import { commonFolder } from './run-common';
import { trainAlone } from './train-alone';
import { trainOnCommon } from './train-on-common';

/** A new task by a factor of the common network that saw two others, and by a network alone, for each number of labels. */
export async function runNewFactor(job: NewFactorJob, folder: string): Promise<NewFactorResult> {
  const { settings, task: name, seed, purpose, rates } = job;
  const pictures = trainingPictures(settings);
  const all = labelledFor(name, pictures, pictures);
  const test = labelledFor(
    name,
    purpose === 'search' ? searchPictures(settings) : claimPictures(settings),
    pictures,
  );
  const task = all.tasks[0] as ClassificationTask;
  const common = await readBrick(commonFolder(folder, job), { kind: 'common' });
  const found: Partial<Record<LabelCount, { with: number; without: number }>> = {};
  try {
    for (const count of labelCounts) {
      const data = fewPictures(all, settings.labels[count], seed);
      const budget = budgetFor(data.size, settings.steps[count]);
      const request = { task, data, test, seed, budget };
      found[count] = {
        with: await trainOnCommon({ ...request, learningRate: rates[count].with, common }),
        without: await trainAlone({
          ...{ ...request, learningRate: rates[count].without },
          input: common.description.input,
        }),
      };
    }
    return found as NewFactorResult;
  } finally {
    disposeBrick(common);
  }
}
