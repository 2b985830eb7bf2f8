import { classSubsets } from '@factornet/data';
import { disposeFactorization, type Teacher } from '@factornet/factorizer';
import { measureAssembly, measureJoint } from '@factornet/pipeline';
import type { LabelSpaceJob } from '../job';
import { claimPictures, searchPictures, trainingPictures } from '../pictures';
import type { LabelSpaceResult } from '../results';
import { trainDesign } from './designs';

/** The classes of one task, told by two factors. */
const parts = { round: ['circle', 'star'], straight: ['square', 'triangle', 'cross'] };

/** Trains factors for parts of one label space, and measures how sure they are together. */
export async function runLabelSpace(
  { settings, seed, learningRate }: LabelSpaceJob,
  teacher: Teacher,
): Promise<LabelSpaceResult> {
  const data = classSubsets(trainingPictures(settings), 'shape', parts);
  const test = classSubsets(claimPictures(settings), 'shape', parts);
  // What the temperature is fitted on: no network has seen them, and no claim is made on them.
  const calibration = classSubsets(searchPictures(settings), 'shape', parts);
  const { epochs } = settings;
  const request = { teacher, data, tasks: data.tasks, calibration, seed, learningRate, epochs };
  const trained = await trainDesign(request);
  try {
    const sources = { common: trained.common, factors: Object.values(trained.factors) };
    const networks = { ...trained, sources, bytes: {}, parameters: {}, dispose() {} };
    const { joint } = await measureAssembly({ networks, data: test, examples: 0, seed });
    const [answers] = joint;
    // Factors that learnt too little do not compare: as wrong as can be.
    if (answers === undefined) return { accuracy: 0, ece: 1, eceBefore: 1 };
    const { accuracy, calibration } = await measureJoint(answers, teacher, test, { seed });
    return {
      accuracy: accuracy.assembly,
      ece: calibration.assembly.error,
      eceBefore: calibration.before.error,
    };
  } finally {
    disposeFactorization(trained);
  }
}
