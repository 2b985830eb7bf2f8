import type { Dataset } from '@factornet/data';
import {
  disposeFactorization,
  disposePlainNetwork,
  equalParameters,
  measurePlainNetwork,
  type PlainNetwork,
  type Teacher,
  trainSharedTrunk,
  trainStudents,
} from '@factornet/factorizer';
import { design } from '../design';
import type { RowJob } from '../job';
import { claimPictures, searchPictures, trainingPictures } from '../pictures';
import type { RowResult } from '../results';
import { BATCH, type DesignRequest, designs, optimizerAt } from './designs';
import { measureCodes } from './measure-codes';
import { measureFactors } from './measure-factors';
import { timed } from './processor-time';

/** Trains a row's networks and measures them. */
export async function runRow(job: RowJob, teacher: Teacher): Promise<RowResult> {
  const { row, purpose, settings, seed, learningRate, epochs } = job;
  const data = trainingPictures(settings);
  const test = purpose === 'search' ? searchPictures(settings) : claimPictures(settings);
  const request = { teacher, data, seed, learningRate, epochs };
  const train = designs[row];
  if (train === undefined) return runBaseline(job, request, test);
  const { value: trained, seconds } = await timed(() => train(request));
  try {
    const accuracy = await measureFactors(trained.common, trained.factors, test);
    const equal = equalParameters(trained.common, trained.factors);
    return {
      accuracy,
      meanAccuracy: meanOf(accuracy),
      processorTime: seconds,
      parameters: equal.sharedTrunk,
      equal,
      ...(purpose === 'claim' && { codes: await measureCodes(trained, teacher, test) }),
    };
  } finally {
    disposeFactorization(trained);
  }
}

async function runBaseline(
  { row, parameters }: RowJob,
  { learningRate, ...request }: DesignRequest,
  test: Dataset,
): Promise<RowResult> {
  if (parameters === undefined) throw new Error('a baseline has to know how many parameters it may have');
  const options = {
    batchSize: BATCH,
    ...request,
    backbone: design.common(),
    optimizer: optimizerAt(learningRate),
  };
  const { value, seconds } = await timed<readonly PlainNetwork[]>(async () =>
    row === 'shared-trunk'
      ? [await trainSharedTrunk({ ...options, parameters: parameters.sharedTrunk })]
      : Object.values(await trainStudents({ ...options, parameters: parameters.students })),
  );
  const accuracy: Record<string, number> = {};
  for (const network of value) {
    Object.assign(accuracy, await measurePlainNetwork(network, test));
    disposePlainNetwork(network);
  }
  return {
    accuracy,
    meanAccuracy: meanOf(accuracy),
    processorTime: seconds,
    parameters: value.reduce((sum, network) => sum + network.parameters, 0),
  };
}

function meanOf(accuracy: Readonly<Record<string, number>>): number {
  const values = Object.values(accuracy);
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
