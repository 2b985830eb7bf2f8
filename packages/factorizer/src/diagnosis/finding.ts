/**
 * What can be wrong with a run that ended:
 *
 * - `dead-code`: t is the same whatever the picture;
 * - `ignored-code`: the head says as much with the t of another picture;
 * - `unproven-code`: the same, but from so few pictures that nobody can tell, or it says more with another's;
 * - `uninformative-code`: t by itself tells nothing of its own task;
 * - `redundant-code`: the head says as much without any t;
 * - `accuracy-at-chance`: the answers are right no more often than those to other pictures;
 * - `capped-term`: a term of the objective sits at the most that its estimator can say, and no longer trains;
 * - `diverging-loss`: the loss ended far above its least.
 */
export type FindingCode =
  | 'dead-code'
  | 'ignored-code'
  | 'unproven-code'
  | 'uninformative-code'
  | 'redundant-code'
  | 'accuracy-at-chance'
  | 'capped-term'
  | 'diverging-loss';

/** Something a run, or a measurement, has to say at its end. */
export interface Finding {
  readonly code: FindingCode;
  /** Whose factor it is about; absent for what concerns a run as a whole. */
  readonly task?: string;
  /** One sentence, with the figures. */
  readonly message: string;
  /** What was found, and the limit that it is on the wrong side of: in the unit of the message. */
  readonly value: number;
  readonly limit: number;
  /** What to do next. */
  readonly hint: string;
}

/** Whether a factor is dead: its t is a constant, or its head ignores it. Such a factor is not packed unasked. */
export function isDead({ code }: Pick<Finding, 'code'>): boolean {
  return code === 'dead-code' || code === 'ignored-code';
}

/** Whether it is about how training went; all else is about networks, and may be found otherwise on other pictures. */
export function isOfTraining({ code }: Pick<Finding, 'code'>): boolean {
  return code === 'capped-term' || code === 'diverging-loss';
}

/** What a factor's report says of that, with what follows from it. */
export function deadOf(task: string, findings: readonly Finding[]): { readonly dead?: string } {
  const found = findings.find((finding) => finding.task === task && isDead(finding));
  return found === undefined ? {} : { dead: found.message };
}
