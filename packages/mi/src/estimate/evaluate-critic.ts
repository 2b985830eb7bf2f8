import { randomStream, throwIfCancelled, yieldToEventLoop } from '@factornet/core/training';
import { InvalidOptionError } from '@factornet/spec';
import { type Scalar, stack, type Tensor, type Tensor2D, tidy } from '@tensorflow/tfjs';
import type { PairedSamples } from '../estimator';
import { batchOf } from './batches';
import { type Diagnosis, diagnosisTensors, readDiagnosis } from './diagnose';
import type { ScoredNetwork } from './scored-network';

/** Divisions of the test rows into batches: other pairs are taken for independent in each, the joint ones are the same. */
const PASSES = 4;

/** Means over the batches of the first `rows` rows, in the same order each time. */
export async function checkCritic(
  network: ScoredNetwork,
  pairs: PairedSamples,
  rows: number,
  batchSize: number,
): Promise<{ value: number; criterion: number }> {
  const order = Int32Array.from({ length: rows }, (_, row) => row);
  const sums = [0, 0];
  const batches = divide(order, batchSize);
  for (const batch of batches) {
    const [value, criterion] = await evaluate(pairs, batch, (x, y) => {
      const { scores, logBaseline } = network.scores(x, y);
      return [network.value(scores, logBaseline), network.criterion(scores, logBaseline)];
    });
    sums[0] = (sums[0] as number) + (value as number) / batches.length;
    sums[1] = (sums[1] as number) + (criterion as number) / batches.length;
  }
  return { value: sums[0] as number, criterion: sums[1] as number };
}

export interface Evaluation {
  readonly value: number;
  readonly standardError: number;
  /** Standard deviation of one batch's value. */
  readonly batchDeviation: number;
  /** The lowest value of a batch. */
  readonly lowest: number;
  readonly diagnosis: Diagnosis;
}

/**
 * The mean over batches of test rows. Its standard error is that of one pass, whose batches have no row in common;
 * further passes make the mean better than it says.
 */
export async function evaluateCritic(
  network: ScoredNetwork,
  pairs: PairedSamples,
  { batchSize, seed, signal }: { batchSize: number; seed: number; signal?: AbortSignal | undefined },
): Promise<Evaluation> {
  const passes: number[][] = [];
  let names: string[] = [];
  const sums: number[] = [];
  for (let pass = 0; pass < PASSES; pass++) {
    const order = randomStream(seed, 'estimate', 'test', pass).permutation(pairs.x.rows);
    const values: number[] = [];
    for (const batch of divide(order, batchSize)) {
      throwIfCancelled('estimate', signal);
      const [value, ...diagnosis] = await evaluate(pairs, batch, (x, y) => {
        const { scores, logBaseline } = network.scores(x, y);
        const parts = diagnosisTensors(scores, network.critic.embeddings?.(x, y));
        names = Object.keys(parts);
        return [network.value(scores, logBaseline), ...Object.values(parts)];
      });
      values.push(value as number);
      diagnosis.forEach((part, index) => {
        sums[index] = (sums[index] ?? 0) + part;
      });
    }
    passes.push(values);
  }
  const count = passes[0]?.length as number;
  const variance = mean(passes.map(varianceOf));
  return {
    value: mean(passes.map(mean)),
    standardError: Math.sqrt(variance / count),
    batchDeviation: Math.sqrt(variance),
    lowest: Math.min(...passes.flat()),
    diagnosis: readDiagnosis(
      names,
      sums.map((sum) => sum / (PASSES * count)),
    ),
  };
}

/** Batches of equal size; what is left over is left out. */
function divide(order: Int32Array, batchSize: number): Int32Array[] {
  return Array.from({ length: Math.floor(order.length / batchSize) }, (_, index) =>
    order.subarray(index * batchSize, (index + 1) * batchSize),
  );
}

async function evaluate(
  pairs: PairedSamples,
  rows: Int32Array,
  compute: (x: Tensor2D, y: Tensor2D) => Scalar[],
): Promise<number[]> {
  const result = tidy(() => {
    const { x, y } = batchOf(pairs, rows);
    return stack(compute(x, y)) as Tensor;
  });
  const values = [...(await result.data())];
  result.dispose();
  await yieldToEventLoop();
  const bad = values.find((value) => !Number.isFinite(value));
  if (bad !== undefined) {
    throw new InvalidOptionError(
      { option: 'critic', expected: 'one with finite scores on held-out rows', received: bad },
      {
        hint: "Scores have left the range of 32-bit numbers. Take transform: 'rank-normal', or a lower learningRate.",
      },
    );
  }
  return values;
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function varianceOf(values: readonly number[]): number {
  const centre = mean(values);
  return values.reduce((sum, value) => sum + (value - centre) ** 2, 0) / (values.length - 1);
}
