import type { EstimateWarning } from './estimate-result';
import type { Check, Findings } from './findings';
import { SAMPLE_CHECKS } from './sample-warnings';
import { short } from './short';

/** All that there is to say against an estimate, the gravest first. */
export function findWarnings(findings: Findings): EstimateWarning[] {
  return CHECKS.map((check) => check(findings)).filter((warning) => warning !== undefined);
}

/** Exponents are capped at 80: what is left of a value then is at most −5e34. */
const exponentClipped: Check = ({ evaluation }) => {
  if (evaluation === undefined || evaluation.lowest > -1e30) return undefined;
  return {
    code: 'exponent-clipped',
    message:
      'Scores were so large that an exponent was capped at 80, so the value means nothing. Read the critic by donskerVaradhan() or smile(), which take a logarithm after the exponential, or bring the inputs to one scale with transform.',
  };
};

const learnedConditional: Check = ({ estimator, critic }) => {
  if (critic?.conditional !== 'learned' || estimator.requires !== 'log-likelihoods') return undefined;
  if (estimator.direction === 'neither') return undefined;
  return {
    code: 'learned-conditional',
    message: `${estimator.name} is a bound for the true conditional density only, and this one was learned: the value may be on either side. Pass trueConditionalCritic() if log p(y|x) is known; else compare with a lower bound.`,
  };
};

/**
 * With the best critic, exp(−value) is about exp(−I) + exp(−cap): a value 1 nat below its cap lacks half a nat. For caps
 * of a few nats, of discrete variables, their last quarter.
 */
const capReached: Check = ({ estimator, value, cap, measured }) => {
  // What counts can tell is no more than the entropy of what was counted, and that is true of the variables, too.
  if (cap === undefined || measured?.counts !== undefined || value < Math.max(cap - 1, 0.75 * cap))
    return undefined;
  const next =
    estimator.requires === 'scores'
      ? 'Take a larger evaluationBatchSize and batchSize, or an estimator without a cap, such as jensenShannon() or smile().'
      : 'Take more samples, or an estimator without a cap.';
  return {
    code: 'cap-reached',
    message: `The value is near ${cap.toFixed(2)} nats, the largest that ${estimator.name} can have here, so there may be much more. ${next}`,
  };
};

const aboveLogSamples: Check = ({ value, rows }) => {
  const limit = Math.log(rows);
  if (value < limit) return undefined;
  return {
    code: 'above-log-samples',
    message: `The value is above ln N = ${limit.toFixed(2)} nats for the N = ${rows} rows that gave it. Whatever the method, no lower bound that holds for every distribution with high confidence exceeds O(ln N) (McAllester, Stratos 2020): take it for an extrapolation of the critic, or take more samples.`,
  };
};

/** Batches of the exact critic spread by less than a nat below 6 nats, and by a fifth of the value above. */
const varianceExploding: Check = ({ evaluation, value }) => {
  if (evaluation === undefined || evaluation.batchDeviation <= Math.max(1, 0.2 * Math.abs(value)))
    return undefined;
  return {
    code: 'variance-exploding',
    message: `Values of single batches spread by ${short(evaluation.batchDeviation)} nats: a few large exponentials decide them, and the mean is not to be trusted, nor its standard error. Take smile(), interpolated() or infoNCE(), or larger batches.`,
  };
};

const collapse: Check = ({ evaluation }) => {
  if (evaluation === undefined) return undefined;
  const { meanCosinePositive, meanCosineNegative, scoreDeviation } = evaluation.diagnosis;
  const sameCosines =
    meanCosinePositive !== undefined &&
    meanCosineNegative !== undefined &&
    Math.abs(meanCosineNegative) > 0.9 &&
    Math.abs(meanCosinePositive - meanCosineNegative) < 0.05;
  if (!sameCosines && scoreDeviation > 1e-3) return undefined;
  const seen = sameCosines
    ? `Embeddings have a mean cosine of ${short(meanCosinePositive)} where they belong together and ${short(meanCosineNegative)} where they do not`
    : `All scores are equal to within ${scoreDeviation.toExponential(0)}`;
  return {
    code: 'collapse',
    message: `${seen}: the critic tells no pair from another. If x and y are not independent it has collapsed: train it with infoNCE() or jensenShannon(), from another seed, or at a lower learningRate.`,
  };
};

const criticOverfitting: Check = ({ training, standardError }) => {
  if (training === undefined) return undefined;
  const { training: seen, validation } = training.best;
  const gap = seen - validation;
  // Both are means over as many rows as a fraction of the test part.
  if (!(gap > Math.max(0.1, 4 * standardError, 0.15 * Math.abs(validation)))) return undefined;
  return {
    code: 'critic-overfitting',
    message: `On rows it was trained on, the critic reads ${short(seen)} nats, on validation rows ${short(validation)}: it has learned the samples by heart, and the value is likely too low. Take more samples, or a smaller critic, such as separableCritic({ hidden: [32], embedding: 8 }).`,
  };
};

const notConverged: Check = ({ training, standardError }) => {
  if (training === undefined || training.stoppedEarly) return undefined;
  const { curve, best } = training;
  const earlier = curve[Math.floor(0.75 * curve.length) - 1];
  if (earlier === undefined || best.step <= earlier.step) return undefined;
  if (!(best.validation - earlier.validation > Math.max(0.05, 2 * standardError))) return undefined;
  return {
    code: 'not-converged',
    message: `The validation value was still rising, by ${short(best.validation - earlier.validation)} nats in the last quarter of the steps. Give more steps.`,
  };
};

const negativeEstimate: Check = ({ value, standardError, isConstant }) => {
  if (value >= 0 || isConstant) return undefined;
  const next =
    value > -2 * standardError
      ? 'Within two standard errors of 0: no dependence was found.'
      : 'That is not chance: the critic, or the conditional, fails on rows it was not trained on. Take more samples, a smaller critic, or infoNCE().';
  return {
    code: 'negative-estimate',
    message: `The value is negative, which mutual information never is; it is not clamped, so that means over several runs keep their sense. ${next}`,
  };
};

const noVariation: Check = ({ isConstant }) =>
  isConstant
    ? {
        code: 'no-variation',
        message:
          'x or y is the same in all rows, so there is nothing it could tell. Check where it comes from.',
      }
    : undefined;

const noStandardError: Check = ({ standardError }) =>
  Number.isFinite(standardError)
    ? undefined
    : {
        code: 'no-standard-error',
        message:
          'There are too few rows for subsamples, whose spread would tell the standard error. Take more samples.',
      };

const CHECKS: readonly Check[] = [
  noVariation,
  exponentClipped,
  collapse,
  learnedConditional,
  capReached,
  aboveLogSamples,
  varianceExploding,
  negativeEstimate,
  criticOverfitting,
  notConverged,
  ...SAMPLE_CHECKS,
  noStandardError,
];
