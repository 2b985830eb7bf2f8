import type { Check } from './findings';
import { short } from './short';

/** A few equal rows come of 32-bit numbers, without being discrete. */
const duplicated: Check = ({ estimator, measured, copies = 0, rows, allRows = rows }) => {
  const { duplicates } = measured ?? {};
  if (duplicates !== undefined && Math.max(duplicates.x, duplicates.y) > 0.005 * rows) {
    return {
      code: 'duplicates',
      message: `Of ${rows} rows, ${duplicates.x} of x and ${duplicates.y} of y are equal to an earlier one, where distances to neighbours mean little. If a variable is discrete, take ross() or discretePlugIn() (plug-in); if rows were repeated, take each once.`,
    };
  }
  if (copies <= 0.005 * allRows) return undefined;
  const trains = estimator.requires === 'scores' || estimator.requires === 'log-likelihoods';
  return {
    code: 'duplicates',
    message: `Of ${allRows} rows, ${copies} are equal in x and y, to six digits, to an earlier one. ${trains ? 'They were kept on one side of each split, and each was read once' : `${estimator.name} took each for an independent row; the standard error does not`}. If they are copies, take each once; if rows are of one source, such as frames of a film, tell which by groups.`,
  };
};

const dependentRows: Check = ({ estimator, groups, rows }) =>
  groups === undefined || groups === rows
    ? undefined
    : {
        code: 'dependent-rows',
        message: `The value takes the ${rows} rows for independent, though they are of ${groups} groups; only the standard error counts groups. Rows of a group that resemble each other make ${estimator.name} read too high: take an estimator with a critic, which splits by groups, or a row of each.`,
      };

/**
 * An estimate from neighbours that rises with the number of rows has not seen all there is: 0.1 nats from half of the rows
 * to all of them was a bias of −0.1 to −4 for Gaussians of 2 to 20 columns.
 */
const biasedLow: Check = ({ measured, value, standardError, growth = 0, columns = 1 }) => {
  const { neighbours } = measured ?? {};
  if (neighbours === undefined || !(value > 3 * standardError)) return undefined;
  const reasons: string[] = [];
  if (growth > Math.max(0.1, 3 * standardError))
    reasons.push(`it still rises with the number of rows, by ${short(growth)} nats from half of them to all`);
  if (Math.min(neighbours.x, neighbours.y) < 2 * neighbours.k)
    reasons.push(
      `next to ${neighbours.k} neighbours only ${Math.min(neighbours.x, neighbours.y)} rows are as near in x or y, in the median`,
    );
  if (columns >= 5) reasons.push(`x and y have ${columns} columns or more, where neighbours are far away`);
  if (reasons.length === 0) return undefined;
  return {
    code: 'biased-low',
    message: `The value is likely too low: ${reasons.join('; ')}. Take more samples, fewer columns, or compare with smile() and infoNCE().`,
  };
};

/** The ratio is 1 for a normal distribution, and 2 for exponential ones. */
const outliers: Check = ({ excess = 0, estimator }) =>
  excess <= 10 || estimator.name === 'gaussianCopula' || estimator.name === 'discretePlugIn'
    ? undefined
    : {
        code: 'outliers',
        message: `A few values are so far out that a column's standard deviation is ${short(excess)} times what the middle half of its rows would give, so most rows look alike to ${estimator.name}, which reads too low then. Take transform: 'rank-normal'.`,
      };

const singletonCells: Check = ({ measured }) => {
  const { counts } = measured ?? {};
  if (counts === undefined || counts.cells < 3 || counts.singles <= counts.cells / 2) return undefined;
  return {
    code: 'singleton-cells',
    message: `Of ${counts.cells} cells with rows in them, ${counts.singles} have a single one, from which nothing can be learned: the value goes to min(H(x), H(y)) = ${counts.cap.toFixed(2)} nats then, whatever the truth. If a variable is continuous, take ross() or ksg(); else merge levels, or take more samples.`,
  };
};

const countBias: Check = ({ measured, spread = 0, estimator }) => {
  const { counts } = measured ?? {};
  if (counts === undefined || counts.isCorrected || !(Math.abs(counts.bias) > spread)) return undefined;
  const side = counts.bias > 0 ? 'high' : 'low';
  const next =
    estimator.name === 'discretePlugIn'
      ? "Take correction: 'miller-madow' (plug-in:correction=miller-madow), or more samples."
      : 'Take fewer bins, or more samples.';
  return {
    code: 'count-bias',
    message: `Counts of so many cells read about ${short(Math.abs(counts.bias))} nats too ${side} by chance, more than the ${short(spread)} by which subsamples differ; the standard error includes it. ${next}`,
  };
};

/** What speaks against estimates for the samples' own sake: of estimators on samples, and of rows that are not independent. */
export const SAMPLE_CHECKS: readonly Check[] = [
  singletonCells,
  countBias,
  biasedLow,
  outliers,
  dependentRows,
  duplicated,
];
