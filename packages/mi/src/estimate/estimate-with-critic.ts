import { countRepeats, type RowGroups } from '@factornet/core/samples';
import { InvalidOptionError } from '@factornet/spec';
import type { Critic } from '../critic';
import { gaussianConditionalCritic } from '../critics/gaussian-conditional-critic';
import { separableCritic } from '../critics/separable-critic';
import type { CriticEstimator, PairedSamples } from '../estimator';
import { checkShortNumbers } from '../sample-estimators/scale-columns';
import { findKinships } from './deal-rows';
import type { EstimateOptions } from './estimate-options';
import type { Estimate } from './estimate-result';
import { evaluateCritic } from './evaluate-critic';
import { makePlan } from './plan';
import { createScoredNetwork } from './scored-network';
import { splitPairs } from './split';
import { type Training, trainCritic } from './train-critic';
import { learnTransform, type Transform } from './transform';
import { findWarnings } from './warnings';

/** The estimate of a critic: trained on one part of the samples, chosen on a second, read on a third. */
export async function estimateWithCritic(
  samples: PairedSamples,
  estimator: CriticEstimator,
  options: EstimateOptions,
): Promise<Estimate> {
  const critic = chooseCritic(estimator, options.critic);
  const isExact = critic.conditional === 'exact';
  const transform = chooseTransform(isExact, options.transform);
  const kin = findKinships(samples, options.groups);
  const plan = makePlan(samples.x.rows, !isExact || estimator.baseline !== undefined, options, kin);
  const parts = splitPairs(samples, plan);
  const fitted = plan.training > 0 ? parts.training : parts.test;
  const ofX = learnTransform(transform, fitted.x, 'x');
  const ofY = learnTransform(transform, fitted.y, 'y');
  const apply = ({ x, y }: PairedSamples): PairedSamples => ({ x: ofX(x), y: ofY(y) });
  const [training, validation, test] = [parts.training, parts.validation, parts.test].map(apply) as [
    PairedSamples,
    PairedSamples,
    PairedSamples,
  ];
  checkShortNumbers('x', plan.training > 0 ? training.x : test.x);
  checkShortNumbers('y', plan.training > 0 ? training.y : test.y);
  const network = createScoredNetwork(estimator, critic, test, plan.seed);
  try {
    const isTrained = network.variables.length > 0 && plan.training > 0;
    const trained: Training | undefined = isTrained
      ? await trainCritic(network, { training, validation }, plan, options)
      : undefined;
    const { seed, evaluationBatchSize: batchSize } = plan;
    const evaluation = await evaluateCritic(network, test, { batchSize, seed, signal: options.signal });
    const { value, batchDeviation, diagnosis } = evaluation;
    const standardError = evaluation.standardError * dependence(plan.rows.test, kin.groups);
    options.onProgress?.({ stage: 'evaluation', done: 1, total: 1, secondsLeft: 0 });
    const cap = estimator.cap?.(batchSize);
    const isLearnedBound = critic.conditional === 'learned' && estimator.requires === 'log-likelihoods';
    return {
      estimator: estimator.name,
      critic: critic.name,
      direction: isLearnedBound ? 'neither' : estimator.direction,
      value,
      standardError,
      unit: 'nats',
      ...(cap !== undefined && { cap }),
      curve: trained?.curve ?? [],
      diagnostics: { ...diagnosis, batchDeviation, bestStep: trained?.best.step ?? 0 },
      warnings: findWarnings({
        estimator,
        critic,
        value,
        standardError,
        rows: plan.test,
        cap,
        copies: countRepeats(kin.copies),
        allRows: samples.x.rows,
        evaluation,
        training: trained,
      }),
      samples: { training: plan.training, validation: plan.validation, test: plan.test },
    };
  } finally {
    network.dispose();
  }
}

/**
 * What the standard error of independent rows is to be multiplied by, if rows of a group tell the same: the root of
 * `Σ n² / Σ n` over the sizes of groups.
 */
function dependence(rows: Int32Array, groups: RowGroups): number {
  const sizes = new Map<number, number>();
  for (const row of rows) {
    const group = groups[row] as number;
    sizes.set(group, (sizes.get(group) ?? 0) + 1);
  }
  return Math.sqrt([...sizes.values()].reduce((sum, size) => sum + size * size, 0) / rows.length);
}

function chooseCritic(estimator: CriticEstimator, critic: Critic | undefined): Critic {
  if (estimator.requires === 'scores') return critic ?? separableCritic({ hidden: [64, 64], embedding: 32 });
  if (critic !== undefined && critic.conditional === undefined) {
    throw new InvalidOptionError(
      {
        option: 'critic',
        expected: `one whose scores are log p(y|x), for ${estimator.name}`,
        received: critic.name,
      },
      { hint: 'Pass trueConditionalCritic() if the density is known, else gaussianConditionalCritic().' },
    );
  }
  return critic ?? gaussianConditionalCritic({ hidden: [64, 64] });
}

function chooseTransform(isExact: boolean, transform: Transform | undefined): Transform {
  if (!isExact) return transform ?? 'rank-normal';
  if (transform === undefined || transform === 'none') return 'none';
  throw new InvalidOptionError(
    { option: 'transform', expected: "'none' with an exact conditional", received: transform },
    { hint: 'log p(y|x) is a function of x and y as they are.' },
  );
}
