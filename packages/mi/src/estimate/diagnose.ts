import { InvalidOptionError, ShapeMismatchError } from '@factornet/spec';
import { matMul, type Scalar, stack, type Tensor2D, tidy } from '@tensorflow/tfjs';
import { donskerVaradhan } from '../bounds/donsker-varadhan';
import { infoNCE } from '../bounds/info-nce';
import { diagonalMean, offDiagonalMean } from '../numerics/off-diagonal';

/** What tells whether a critic, or a pair of encoders, tells pairs of the joint from independent ones. */
export interface Diagnosis {
  /** Mean cosine of embeddings that belong together; only with embeddings. */
  readonly meanCosinePositive?: number;
  /** Mean cosine of embeddings that do not; only with embeddings. */
  readonly meanCosineNegative?: number;
  readonly meanPositiveScore: number;
  readonly meanNegativeScore: number;
  /** Standard deviation of all scores. */
  readonly scoreDeviation: number;
  /** `donskerVaradhan()` of the scores, in nats. */
  readonly donskerVaradhan: number;
  /** `infoNCE()` of the scores, in nats. */
  readonly infoNCE: number;
}

export interface Embeddings {
  /** `[batch, embedding]` */
  readonly x: Tensor2D;
  /** `[batch, embedding]`, row i belonging to row i of x. */
  readonly y: Tensor2D;
}

export interface DiagnoseOptions {
  /** Scores, where only embeddings are given, are their cosines over this. Default 0.1. */
  temperature?: number;
}

/**
 * Shows collapse: whether scores `[batch, batch]` (row x, column y), or the cosines of embeddings, differ between pairs
 * `(i, i)` and pairs `(i, j)`. Both cosines near 1, or both near −1, are constant vectors, whatever a loss says; both
 * bounds are 0 then.
 *
 * @throws InvalidOptionError unless `temperature` is above 0, and for a batch of 1
 * @throws ShapeMismatchError for scores that are not square, or embeddings of different shapes
 *
 * @example
 * const { meanCosinePositive, meanCosineNegative, infoNCE } = await diagnose({ x: student, y: teacher });
 */
export async function diagnose(
  subject: Tensor2D | Embeddings,
  { temperature = 0.1 }: DiagnoseOptions = {},
): Promise<Diagnosis> {
  if (!(temperature > 0)) {
    throw new InvalidOptionError({
      option: 'temperature',
      expected: 'a number above 0',
      received: temperature,
    });
  }
  const [names, values] = tidy(() => {
    const parts =
      'rank' in subject
        ? diagnosisTensors(subject)
        : diagnosisTensors(cosinesOf(subject).div(temperature) as Tensor2D, subject);
    return [Object.keys(parts), stack(Object.values(parts))] as const;
  });
  const numbers = await values.data();
  values.dispose();
  return readDiagnosis(names, numbers);
}

/** The parts of a {@link Diagnosis}, to be called in a tidy. */
export function diagnosisTensors(scores: Tensor2D, embeddings?: Embeddings): Record<keyof Diagnosis, Scalar> {
  const cosines = embeddings && cosinesOf(embeddings);
  const parts = {
    ...(cosines && {
      meanCosinePositive: diagonalMean(cosines),
      meanCosineNegative: offDiagonalMean(cosines),
    }),
    // Also checks the scores.
    donskerVaradhan: donskerVaradhan().value(scores),
    infoNCE: infoNCE().value(scores),
    meanPositiveScore: diagonalMean(scores),
    meanNegativeScore: offDiagonalMean(scores),
    scoreDeviation: scores.sub(scores.mean()).square().mean().sqrt() as Scalar,
  };
  return parts as Record<keyof Diagnosis, Scalar>;
}

export function readDiagnosis(names: readonly string[], values: ArrayLike<number>): Diagnosis {
  return Object.fromEntries(names.map((name, index) => [name, values[index]])) as unknown as Diagnosis;
}

function cosinesOf({ x, y }: Embeddings): Tensor2D {
  if (x.shape[0] !== y.shape[0] || x.shape[1] !== y.shape[1]) {
    throw new ShapeMismatchError({ what: 'embeddings of y', expected: x.shape, received: y.shape });
  }
  const unit = (rows: Tensor2D) => rows.mul(rows.square().sum(1, true).add(1e-24).rsqrt()) as Tensor2D;
  return matMul(unit(x), unit(y), false, true) as Tensor2D;
}
