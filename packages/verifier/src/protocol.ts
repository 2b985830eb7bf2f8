import { BackendUnavailableError, FactornetError } from '@factornet/spec';
import { type Check, checks, type VerificationCheck } from './report';

/** What a check found: its detail, or why it does not apply. */
export type Finding = string | { readonly skipped: string };

/** Keeps what checks find, and lets one stage begin only where the one before was passed. */
export interface Protocol {
  /** Runs one check. @returns what the work returned, or `undefined` if it failed */
  run<T>(check: Check, work: () => Promise<T> | T, explain: (result: T) => Finding): Promise<T | undefined>;
  skip(check: Check, reason: string): void;
  /** Whether nothing failed up to now. */
  readonly passed: boolean;
  /** All checks; those that were not come to are skipped. */
  finish(): VerificationCheck[];
}

export function startProtocol(): Protocol {
  const found = new Map<Check, VerificationCheck>();
  const failed = () => [...found.values()].find(({ status }) => status === 'failed');
  return {
    async run(check, work, explain) {
      try {
        const result = await work();
        const finding = explain(result);
        if (typeof finding === 'string') found.set(check, { check, status: 'passed', detail: finding });
        else found.set(check, { check, status: 'skipped', detail: finding.skipped });
        return result;
      } catch (error) {
        // Anything else is a defect of ours, or a backend that another package broke, and no statement about this one.
        if (!FactornetError.isInstance(error) || BackendUnavailableError.isInstance(error)) throw error;
        const [detail = ''] = error.message.split('\n');
        found.set(check, { check, status: 'failed', detail, error });
        return undefined;
      }
    },
    skip(check, reason) {
      found.set(check, { check, status: 'skipped', detail: reason });
    },
    get passed() {
      return failed() === undefined;
    },
    finish() {
      const reason = `not looked at, because of ${failed()?.check}`;
      return (Object.keys(checks) as Check[]).map(
        (check) => found.get(check) ?? { check, status: 'skipped', detail: reason },
      );
    },
  };
}
