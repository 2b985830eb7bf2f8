import type { ObjectiveTerm } from '../objective/objective-term';
import type { EpochRecord } from '../training/progress';
import type { Finding } from './finding';

export interface TrainingFacts {
  readonly history: readonly EpochRecord[];
  /** The terms that were in use. */
  readonly terms: readonly Pick<ObjectiveTerm, 'name' | 'cap'>[];
  /** Examples per step. */
  readonly batchSize: number;
  /** The task, of a run for a single factor. */
  readonly task?: string;
}

/** Share of its cap from which on a term has nothing more to say. */
const CAPPED = 0.98;
/** Share of what training gained that may be lost again. */
const LOST = 0.5;

/**
 * What the record of a run says of it:
 *
 * - a term is capped if its mean over the last epoch is at least 98 % of what its estimator can say at this batch size;
 * - the loss diverges if the last epoch's is above the least by half or more of what the first epoch's was:
 *   `last − least ≥ ½ (first − least)`. A loss that never fell does.
 */
export function diagnoseTraining({ history, terms, batchSize, task }: TrainingFacts): Finding[] {
  const [start, last] = [history[0], history.at(-1)];
  if (start === undefined || last === undefined) return [];
  const about = task === undefined ? {} : { task };
  const findings: Finding[] = [];
  for (const { name, cap } of terms) {
    const most = cap?.(batchSize);
    const value = last.terms[name];
    if (most === undefined || value === undefined || value < CAPPED * most) continue;
    findings.push({
      code: 'capped-term',
      ...about,
      message: `The term "${name}" ended at ${value.toFixed(3)} nats; with ${batchSize} examples a step it can say ${most.toFixed(3)} at most, so that it no longer trains.`,
      value,
      limit: CAPPED * most,
      hint: 'Take a bound without a cap, such as gaussianRegression(), or larger batches.',
    });
  }
  const losses = history.map(({ loss }) => loss);
  const [first, least] = [start.loss, Math.min(...losses)];
  const limit = least + LOST * (first - least);
  if (history.length > 1 && last.loss >= limit) {
    findings.push({
      code: 'diverging-loss',
      ...about,
      message: `The loss diverged: ${first.toFixed(3)} in the first epoch, ${least.toFixed(3)} in the best one, ${last.loss.toFixed(3)} in the last.`,
      value: last.loss,
      limit,
      hint: 'Lower the learning rate, or the weight of the term that grew (see the terms in the history).',
    });
  }
  return findings;
}
