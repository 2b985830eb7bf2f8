import {
  type FeatureMatrix,
  fitTemperature,
  type LinearFunction,
  ridgeRegression,
  softmaxOf,
} from '@factornet/metrics';

export interface LogitScaleRequest {
  /** What the head's last layer sees, `[pictures, units]`. */
  readonly codes: FeatureMatrix;
  /** The factor's logits, `[pictures, classes]`. */
  readonly logits: FeatureMatrix;
  /** The teacher's logits of the whole label space, `[pictures, classes of the space]`. */
  readonly teacherLogits: FeatureMatrix;
  /** Where the factor's classes are in the label space. */
  readonly indices: readonly number[];
}

/** How to put a factor's logits on its teacher's scale. */
export interface FittedLogitScale {
  /** s, above 0. */
  readonly scale: number;
  /** m, as a function of the code: what the mean over a picture's logits has to be. */
  readonly mean: LinearFunction;
}

/** Of the regression: enough that directions of the code in which pictures hardly differ are not relied on. */
const PENALTY = 0.01;

/** Nats. Pictures whose classes are this much likelier, or less likely, than all others count half. */
const UNSURE = 3;

/**
 * Fits a scale s and, per picture, a mean m such that `s · (l − mean(l) + m)` are the teacher's logits of these classes
 * less their mean over all classes of the label space, as nearly as a linear function of the code can say.
 *
 * - s by cross-entropy: it makes the teacher's distribution over the factor's classes likeliest (`fitTemperature`). Least squares
 *   between logits would follow those of classes that nobody takes for likely, and be far too sure of what learned from
 *   softened answers.
 * - m by ridge regression on the code. Its target is such that the factor as a whole weighs what it does for the
 *   teacher: `log Σ exp` of both is equal. Where a factor's logits are the teacher's up to their mean, that is the
 *   teacher's mean; on pictures of other classes, which it never learned, it may be overly sure of one of its own, and
 *   equal means would let that one win.
 * - Pictures that the teacher is in doubt about count most: `1 / (1 + (gap / 3)²)`, where gap is by how many nats its
 *   evidence for these classes exceeds that for all others.
 *
 * @returns undefined if the factor's logits do not rise with the teacher's, so that no scale above 0 fits
 */
export function fitLogitScale(request: LogitScaleRequest): FittedLogitScale | undefined {
  const { codes, logits, indices } = request;
  const classes = logits.columns;
  const rows = Array.from({ length: logits.rows }, (_, row) => comparison(request, row));
  const taughtLogits = {
    rows: logits.rows,
    columns: classes,
    data: Float64Array.from(rows.flatMap(({ taught }) => taught)),
  };
  if (!rises(rows)) return undefined;
  const scale = 1 / fitTemperature(logits, softmaxOf(taughtLogits));
  const targets = rows.map(({ own, taught, center }) => {
    const ownMean = meanOf(own);
    return (logSumExp(taught) - center - logSumExp(own.map((value) => scale * (value - ownMean)))) / scale;
  });
  const complete = indices.length === request.teacherLogits.columns;
  const weights = rows.map(({ taught, others }) =>
    complete ? 1 : 1 / (1 + ((logSumExp(taught) - logSumExp(others)) / UNSURE) ** 2),
  );
  return { scale, mean: ridgeRegression({ features: codes, targets, weights, penalty: PENALTY }) };
}

/** Whether a factor's logits rise with the teacher's, each less its mean. */
function rises(rows: readonly { own: readonly number[]; taught: readonly number[] }[]): boolean {
  const product = rows.reduce((sum, { own, taught }) => {
    const [ownMean, taughtMean] = [meanOf(own), meanOf(taught)];
    const centred = own.map((value, index) => (value - ownMean) * ((taught[index] as number) - taughtMean));
    return sum + centred.reduce((total, value) => total + value, 0);
  }, 0);
  return product > 0;
}

/** One picture's logits: the factor's, the teacher's for the same classes and for all others, and the mean of all its. */
function comparison({ logits, teacherLogits, indices }: LogitScaleRequest, row: number) {
  const own = rowOf(logits, row);
  const all = rowOf(teacherLogits, row);
  return {
    own,
    taught: indices.map((index) => all[index] as number),
    others: all.filter((_, index) => !indices.includes(index)),
    center: meanOf(all),
  };
}

function rowOf({ columns, data }: FeatureMatrix, row: number): number[] {
  return Array.from(data.subarray(row * columns, (row + 1) * columns));
}

function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function logSumExp(values: readonly number[]): number {
  const largest = Math.max(...values);
  return largest + Math.log(values.reduce((sum, value) => sum + Math.exp(value - largest), 0));
}
