import type { ScoreLoss } from '../evaluation/score-loss';
import type { Finding, FindingCode } from './finding';

/** What was measured of a factor's code. Where no example has a label, what needs one is absent. */
export interface CodeFacts {
  readonly task: string;
  /** What the task's score is called. */
  readonly score: string;
  /** Pictures that it was measured on. */
  readonly examples: number;
  /** The most that a dimension of t, as it ships, differs between two pictures. */
  readonly spread: number;
  /** Of a Gaussian code: what the dimension that tells most about the picture tells at most, in nats. */
  readonly rate?: number;
  /** What a linear probe reads of the task from t alone. */
  readonly alone?: { readonly accuracy: number; readonly chance: number; readonly standardError: number };
  /** Lost with the t of another picture, and with t = 0. */
  readonly whenShuffled?: ScoreLoss;
  readonly whenZeroed?: ScoreLoss;
  /** Lost with the answers to another picture: a score of nothing at chance. */
  readonly whenGuessed?: ScoreLoss;
}

/** Differences of t below which it is the same for all pictures, as far as a head in float32 can see. */
const CONSTANT = 1e-6;
/** Nats below which a dimension is cut, by default. */
const FAINT = 0.02;
/** What a head may be said to ignore its code by: a loss that could be larger is not known well enough. */
const KNOWN = 0.02;
/** Standard errors that a difference has to exceed to count as one. */
const ERRORS = 2;

/**
 * What is wrong with a factor's code. A difference counts where it exceeds two of its standard errors. Of a code that is dead
 * nothing else is said that follows from that. A head ignores its code where t of another picture costs nothing that counts,
 * and no more than 0.02 can have gone unseen; with fewer pictures that is unproven.
 */
export function diagnoseCode(facts: CodeFacts): Finding[] {
  const { task, score, examples, spread, rate, alone, whenShuffled, whenZeroed, whenGuessed } = facts;
  const on = `of ${examples} pictures`;
  const find = (code: FindingCode, value: number, limit: number, message: string, hint: string): Finding[] =>
    value <= limit ? [{ code, task, message, value, limit, hint }] : [];
  const lost = (code: FindingCode, loss: ScoreLoss | undefined, sentence: string, hint: string) => {
    if (loss === undefined) return [];
    const error = loss.standardError.toFixed(4);
    return find(
      code,
      loss.lost,
      ERRORS * loss.standardError,
      `${sentence} loses it ${loss.lost.toFixed(4)} ± ${error} in ${score}, ${on}.`,
      hint,
    );
  };
  const chance = lost(
    'accuracy-at-chance',
    whenGuessed,
    `The factor "${task}" is at chance: taking its answers to other pictures`,
    'Train longer, look at the labels, or change the learning rate.',
  );
  const constant = find(
    'dead-code',
    spread,
    CONSTANT,
    `The code of "${task}" is dead: t is the same for each ${on}.`,
    revive,
  );
  const faint =
    rate === undefined
      ? []
      : find(
          'dead-code',
          rate,
          FAINT,
          `The code of "${task}" is dead: no dimension of t tells more than ${rate.toFixed(4)} nats about the picture.`,
          revive,
        );
  const dead = [...constant, ...faint].slice(0, 1);
  if (dead.length > 0) return [...dead, ...chance];
  const isKnown =
    whenShuffled !== undefined &&
    mostUnseen(whenShuffled) <= KNOWN &&
    // A head that answers better with another's t does hear it.
    whenShuffled.lost >= -ERRORS * whenShuffled.standardError;
  const ignored = isKnown
    ? lost(
        'ignored-code',
        whenShuffled,
        `The head of "${task}" ignores t: the t of another picture`,
        'A smaller common network, more weight of task-information, or concatenate() may make it need its code.',
      )
    : lost(
        'unproven-code',
        whenShuffled,
        `Nothing shows that the head of "${task}" needs t: the t of another picture`,
        'Train it longer, or measure it on more pictures (factornet evaluate).',
      );
  const redundant =
    ignored.length > 0
      ? []
      : lost(
          'redundant-code',
          whenZeroed,
          `The common features tell "${task}" by themselves: t = 0`,
          'The factor works; what it adds to the common-knowledge network is small.',
        );
  const uninformative =
    alone === undefined
      ? []
      : find(
          'uninformative-code',
          alone.accuracy,
          alone.chance + ERRORS * alone.standardError,
          `t of "${task}" by itself tells nothing of its task: a linear probe reads ${alone.accuracy.toFixed(3)}, a guess ${alone.chance.toFixed(3)}, ${on}.`,
          'Give task-information more weight, or the bottleneck less.',
        );
  return [...ignored, ...redundant, ...uninformative, ...chance];
}

const revive =
  'Lower β, let it be with bottleneck({ floor: 1 }), find it with rateTarget(), or take a categorical() code.';

/** What a loss can be beyond what was seen: two errors, and 3 / n where all of n pictures came out alike (the rule of three). */
function mostUnseen({ standardError, examples }: ScoreLoss): number {
  return Math.max(ERRORS * standardError, 3 / examples);
}
