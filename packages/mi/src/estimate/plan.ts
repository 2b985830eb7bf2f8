import { InvalidOptionError } from '@factornet/spec';
import { type Deal, dealRows, eachAlone, type RowKinships } from './deal-rows';
import type { EstimateOptions } from './estimate-options';

/** Which rows are for what, and numbers of steps, all decided before anything is computed. */
export interface Plan {
  readonly rows: Deal;
  readonly training: number;
  readonly validation: number;
  readonly test: number;
  readonly batchSize: number;
  readonly evaluationBatchSize: number;
  readonly steps: number;
  /** Steps between checks. */
  readonly checkEvery: number;
  readonly patience: number;
  readonly learningRate: number;
  readonly seed: number;
}

const [DEFAULT_STEPS, DEFAULT_BATCH, CHECKS] = [1000, 128, 25];
/** Batches that give the value; from fewer, their spread tells little. */
const FEWEST_BATCHES = 4;

/**
 * @param isTrained whether there is anything to train; if not, all rows are test rows
 * @param kin rows that must not be parted, and rows that are equal; default: each row stands for itself
 * @throws InvalidOptionError for options that make no sense, or too few rows, or groups, for them
 */
export function makePlan(
  rows: number,
  isTrained: boolean,
  options: EstimateOptions,
  kin: RowKinships = eachAlone(rows),
): Plan {
  const { validationShare = 0.15, testShare = 0.25, seed = 0 } = options;
  const { steps = DEFAULT_STEPS, patience = 6, learningRate = 1e-3 } = options;
  requireWhole('steps', steps, 1);
  requireWhole('patience', patience, 1);
  requirePositive('learningRate', learningRate);
  requirePositive('validationShare', validationShare);
  requirePositive('testShare', testShare);
  if (!(validationShare + testShare < 1)) {
    throw new InvalidOptionError({
      option: 'validationShare + testShare',
      expected: 'below 1, to leave rows to train on',
      received: validationShare + testShare,
    });
  }
  const shares = isTrained ? { validation: validationShare, test: testShare } : undefined;
  const dealt = dealRows(rows, shares, kin, seed);
  const [training, validation, test] = [dealt.training.length, dealt.validation.length, dealt.test.length];
  const smallestPart = isTrained ? Math.min(validation, training) : test;
  const most = Math.min(Math.floor(test / FEWEST_BATCHES), smallestPart);
  if (most < 2) {
    throw new InvalidOptionError(
      { option: 'samples', expected: 'enough rows for 4 batches of test rows', received: `${rows} rows` },
      { hint: 'A critic needs hundreds of rows at least. Of few samples of few columns, ksg() makes more.' },
    );
  }
  const batchSize = isTrained ? size('batchSize', options.batchSize, training, DEFAULT_BATCH) : DEFAULT_BATCH;
  const largest = Math.min(Math.floor(test / 2), smallestPart);
  return {
    rows: dealt,
    training,
    validation,
    test,
    batchSize,
    evaluationBatchSize: size(
      'evaluationBatchSize',
      options.evaluationBatchSize,
      largest,
      Math.min(batchSize, most),
    ),
    steps,
    checkEvery: Math.max(1, Math.round(steps / CHECKS)),
    patience,
    learningRate,
    seed,
  };
}

function size(option: string, asked: number | undefined, largest: number, usual: number): number {
  if (asked === undefined) return Math.min(usual, largest);
  if (Number.isInteger(asked) && asked >= 2 && asked <= largest) return asked;
  throw new InvalidOptionError(
    { option, expected: `a whole number from 2 to ${largest}`, received: asked },
    { hint: `There are rows for batches of up to ${largest}; validationShare and testShare divide them.` },
  );
}

function requireWhole(option: string, value: number, least: number): void {
  if (Number.isInteger(value) && value >= least) return;
  throw new InvalidOptionError({ option, expected: `a whole number from ${least}`, received: value });
}

function requirePositive(option: string, value: number): void {
  if (value > 0 && Number.isFinite(value)) return;
  throw new InvalidOptionError({ option, expected: 'a number above 0', received: value });
}
