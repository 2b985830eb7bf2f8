import { FactornetError } from '@factornet/spec';

export const EXIT_OK = 0;
export const EXIT_UNEXPECTED = 1;
export const EXIT_USAGE = 2;
export const EXIT_INPUT = 3;
export const EXIT_INCOMPATIBLE = 4;
export const EXIT_TRAINING = 5;
export const EXIT_CANCELLED = 130;

/** Meaning of each exit code, as `factornet --help` prints it. */
export const exitCodeMeanings: Readonly<Record<number, string>> = {
  [EXIT_OK]: 'done',
  [EXIT_UNEXPECTED]: 'an unexpected failure (run again with --verbose for the stack)',
  [EXIT_USAGE]: 'wrong usage: an option, a task, a tap or a backend that does not exist here',
  [EXIT_INPUT]:
    'input refused: a missing or damaged file, an invalid manifest, a wrong shape or label; or output that cannot be written',
  [EXIT_INCOMPATIBLE]: 'packages that do not fit together, or not what a lockfile pins',
  [EXIT_TRAINING]: 'training failed: a loss term became NaN or infinite, or a worker thread died',
  [EXIT_CANCELLED]: 'cancelled (Ctrl-C)',
};

const byErrorCode: Readonly<Record<string, number>> = {
  'invalid-option': EXIT_USAGE,
  'unknown-task': EXIT_USAGE,
  'missing-tap': EXIT_USAGE,
  'backend-unavailable': EXIT_USAGE,
  'incompatible-common': EXIT_INCOMPATIBLE,
  'duplicate-task': EXIT_INCOMPATIBLE,
  'no-choice': EXIT_INCOMPATIBLE,
  'multiple-trunks': EXIT_INCOMPATIBLE,
  'not-comparable': EXIT_INCOMPATIBLE,
  'lock-mismatch': EXIT_INCOMPATIBLE,
  'non-finite-loss': EXIT_TRAINING,
  'worker-failed': EXIT_TRAINING,
  cancelled: EXIT_CANCELLED,
};

/** The exit code for an error: input is refused by every typed error that has no code of its own. */
export function exitCodeOf(error: unknown): number {
  if (!FactornetError.isInstance(error)) return EXIT_UNEXPECTED;
  return byErrorCode[error.code] ?? EXIT_INPUT;
}
