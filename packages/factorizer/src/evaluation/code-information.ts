import { type FeatureMatrix, selectRows } from '@factornet/core/samples';
import { throwIfCancelled, yieldToEventLoop } from '@factornet/core/training';

/** What a stochastic code tells about the picture it is of, `I(x; t)` for t ~ q(t|x), in nats. */
export interface CodeInformation {
  /** At least so much, in expectation: InfoNCE with the true conditional, never more than `cap`. */
  readonly lower: number;
  /** At most so much, in expectation: leave-one-out with the true conditional. */
  readonly upper: number;
  /** At most so much, and looser: `E KL(q(t|x) ‖ N(0, I))`, what the bottleneck presses on. */
  readonly gaussianKL: number;
  /** `log examples`: the most that `lower` can say. */
  readonly cap: number;
}

export interface CodeInformationRequest {
  /** Of q(t|x), `[examples, features]`. */
  readonly mean: FeatureMatrix;
  /** Of q(t|x), within the limits that encoders are used with, `[examples, features]`. */
  readonly logVariance: FeatureMatrix;
  /** One draw of t per example, `[examples, features]`. */
  readonly sample: FeatureMatrix;
  /** Rows to take: two or more, each once. */
  readonly rows: ArrayLike<number>;
  readonly signal?: AbortSignal | undefined;
}

/** Rows of scores between two turns of the event loop. */
const TURN = 64;

/**
 * Bounds on what a code tells about its picture, without any training, since `q(t|x)` is known. From the scores
 * `ℓ[i, j] = log q(t_j|x_i)` of N examples:
 *
 * `(1/N) Σ_j [ℓ_jj − log (1/N) Σ_i exp ℓ_ij] ≤ I(x; t) ≤ (1/N) Σ_j [ℓ_jj − log 1/(N−1) Σ_{i≠j} exp ℓ_ij]`
 *
 * in expectation: `infoNCE({ axis: 'x' })` and `leaveOneOut()` of `@factornet/mi`, in double precision and with one column
 * of scores in memory at a time. N² · features operations.
 *
 * @throws CancelledError on `signal`
 *
 * Source: Poole et al., arXiv 1905.06922.
 */
export async function codeInformation({
  rows,
  signal,
  ...codes
}: CodeInformationRequest): Promise<CodeInformation> {
  const { mean, precision, sample, normaliser, divergence } = prepare(codes, rows);
  const { rows: count, columns } = mean;
  const scores = new Float64Array(count);
  let lower = 0;
  let upper = 0;
  for (let j = 0; j < count; j++) {
    const draw = sample.data.subarray(j * columns, (j + 1) * columns);
    let largest = Number.NEGATIVE_INFINITY;
    for (let i = 0; i < count; i++) {
      let score = normaliser[i] as number;
      for (let d = 0, at = i * columns; d < columns; d++, at++) {
        const distance = (draw[d] as number) - (mean.data[at] as number);
        score -= 0.5 * distance * distance * (precision[at] as number);
      }
      scores[i] = score;
      if (i !== j && score > largest) largest = score;
    }
    const own = scores[j] as number;
    let others = 0;
    for (let i = 0; i < count; i++) if (i !== j) others += Math.exp((scores[i] as number) - largest);
    const logOthers = largest + Math.log(others);
    const logAll = Math.max(own, logOthers) + Math.log1p(Math.exp(-Math.abs(own - logOthers)));
    lower += own - logAll + Math.log(count);
    upper += own - logOthers + Math.log(count - 1);
    if (j % TURN === TURN - 1) {
      await yieldToEventLoop();
      throwIfCancelled('evaluate', signal);
    }
  }
  return { lower: lower / count, upper: upper / count, gaussianKL: divergence, cap: Math.log(count) };
}

function prepare(
  codes: Pick<CodeInformationRequest, 'mean' | 'logVariance' | 'sample'>,
  rows: ArrayLike<number>,
) {
  const mean = selectRows(codes.mean, rows);
  const logVariance = selectRows(codes.logVariance, rows);
  const { columns } = mean;
  const precision = new Float64Array(mean.data.length);
  // log(2π) is in every score and cancels.
  const normaliser = new Float64Array(mean.rows);
  let divergence = 0;
  for (const [at, log] of logVariance.data.entries()) {
    const variance = Math.exp(log);
    precision[at] = 1 / variance;
    const row = Math.floor(at / columns);
    normaliser[row] = (normaliser[row] as number) - 0.5 * log;
    divergence += 0.5 * ((mean.data[at] as number) ** 2 + variance - 1 - log);
  }
  return {
    mean,
    precision,
    sample: selectRows(codes.sample, rows),
    normaliser,
    divergence: divergence / mean.rows,
  };
}
