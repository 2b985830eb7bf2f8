import { columnsOf, type FeatureMatrix, numberAt } from '@factornet/core/samples';
import { type RandomStream, randomStream } from '@factornet/core/training';
import { InvalidOptionError } from '@factornet/spec';
import type { Metric, MetricRun } from '../metric';
import { type FixedFactorSource, fixedFactorSource } from '../sampling/fixed-factor-source';
import { checkCount } from './check-count';
import { centred, isConstant } from './columns';
import { drawExamples } from './examples';
import { noteOnScale } from './note-on-scale';
import { type ProgressTracker, trackProgress } from './track-progress';

export interface FactorVAEOptions {
  /** Examples per batch. Default 64. */
  batchSize?: number;
  /** Batches that the majority vote is learned from. Default 10,000. */
  trainVotes?: number;
  /** Batches that it is tested on. Default 5,000. */
  testVotes?: number;
  /** Codes of a smaller standard deviation do not vote. Default 0.05; constant codes never do. */
  threshold?: number;
}

/** Batches encoded at once. */
const BATCHES = 16;

/**
 * The FactorVAE score: whether the code that varies least tells which factor is held fixed. Each batch of examples that
 * share a value of one factor votes for the code with the least variance, `argmin_d var_d(batch) / var_d`; the score is the
 * share of batches whose factor is the most frequent one among those that voted for the same code before. From 1 / factors
 * (`details.chance`) to 1; 0 if no code varies.
 *
 * Random rotations pass: read it next to MIG or DCI. Fixed arrays give batches of rows that share a value, the same rows
 * to learn from and to test on. Factors with a single value are left out, with a note.
 *
 * Source: Kim and Mnih, "Disentangling by Factorising" (arXiv 1802.05983), with the settings of disentanglement_lib.
 *
 * @throws InvalidOptionError for options; when measured, if fewer than two factors vary
 * @example
 * const { value } = await factorVAE().measure({ factorSizes: [3, 6], encode });
 */
export function factorVAE({
  batchSize = 64,
  trainVotes = 10_000,
  testVotes = 5_000,
  threshold = 0.05,
}: FactorVAEOptions = {}): Metric {
  checkCount('batchSize', batchSize, 2);
  checkCount('trainVotes', trainVotes, 1);
  checkCount('testVotes', testVotes, 1);
  if (!(threshold >= 0 && Number.isFinite(threshold))) {
    throw new InvalidOptionError({ option: 'threshold', expected: 'a number from 0', received: threshold });
  }
  return {
    name: 'factor-vae',
    range: [0, 1],
    better: 'high',
    needsFactors: true,
    async measure(representation, run: MetricRun = {}) {
      const { train } = await drawExamples('factor-vae', representation, run);
      const source = fixedFactorSource(representation);
      const chance = 1 / source.factors.length;
      const variances = variancesOf(train.codes);
      const active = [...variances.keys()].filter(
        (code) => Math.sqrt(numberAt(variances, code)) >= threshold,
      );
      const voting = active.filter((code) => numberAt(variances, code) > 0);
      const sleeping = variances.length - voting.length;
      const notes = [
        ...source.notes,
        ...(sleeping === 0 ? [] : [`${sleeping} of ${variances.length} codes vary too little to vote.`]),
        ...noteOnScale(train.codes, 'do not vote', threshold),
      ];
      const common = { factors: source.factors, votingCodes: voting, chance, notes };
      if (voting.length === 0) {
        return { metric: 'factor-vae', value: 0, details: { ...common, trainAccuracy: 0, votes: [] } };
      }
      const progress = trackProgress('factor-vae', trainVotes + testVotes, run);
      const stream = randomStream(run.seed ?? 0, 'factor-vae');
      const request = { source, variances, voting, batchSize, stream, progress };
      const learned = await countVotes(trainVotes, request);
      const tested = await countVotes(testVotes, request);
      const winners = voting.map((_, code) => mostFrequent(learned.map((row) => row[code] as number)));
      return {
        metric: 'factor-vae',
        value: shareRight(tested, winners),
        details: { ...common, trainAccuracy: shareRight(learned, winners), votes: learned },
      };
    },
  };
}

interface VoteRequest {
  readonly source: FixedFactorSource;
  readonly variances: Float64Array;
  readonly voting: readonly number[];
  readonly batchSize: number;
  readonly stream: RandomStream;
  readonly progress: ProgressTracker;
}

/** How often batches of each factor voted for each voting code: `[factors][voting codes]`. */
async function countVotes(votes: number, request: VoteRequest): Promise<number[][]> {
  const { source, variances, voting, batchSize, stream, progress } = request;
  const counts = source.factors.map(() => new Array<number>(voting.length).fill(0));
  for (let done = 0; done < votes; done += BATCHES) {
    const chosen = Int32Array.from({ length: Math.min(BATCHES, votes - done) }, () =>
      stream.integer(source.factors.length),
    );
    const held = chosen.map((position) => source.factors[position] as number);
    const { columns, data } = await source.drawBatches(held, batchSize, stream);
    for (const [batch, position] of chosen.entries()) {
      const from = batch * batchSize * columns;
      const rows = { rows: batchSize, columns, data: data.subarray(from, from + batchSize * columns) };
      const local = variancesOf(rows);
      const shares = voting.map((code) => numberAt(local, code) / numberAt(variances, code));
      const row = counts[position] as number[];
      const code = shares.indexOf(Math.min(...shares));
      row[code] = (row[code] as number) + 1;
    }
    await progress.advance(chosen.length);
  }
  return counts;
}

/** Variance of each column, divisor n − 1; 0 where all values are the same. */
function variancesOf(codes: FeatureMatrix): Float64Array {
  return Float64Array.from(columnsOf(codes), (values) => {
    if (values.length < 2 || isConstant(values)) return 0;
    return centred(values).reduce((sum, value) => sum + value ** 2, 0) / (values.length - 1);
  });
}

function mostFrequent(counts: readonly number[]): number {
  return counts.indexOf(Math.max(...counts));
}

function shareRight(votes: readonly (readonly number[])[], winners: readonly number[]): number {
  const total = votes.flat().reduce((sum, count) => sum + count, 0);
  return winners.reduce((sum, factor, code) => sum + (votes[factor]?.[code] ?? 0), 0) / total;
}
