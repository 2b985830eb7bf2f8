import { errorClass } from './error-class';

export interface LockMismatchErrorFields {
  /** The lockfile. */
  source: string;
  /** One line per difference. */
  differences: readonly string[];
}

/** A composition is not the one that a lockfile pins. */
export const LockMismatchError = /* @__PURE__ */ errorClass<LockMismatchErrorFields>(
  'lock-mismatch',
  (fields) =>
    `What is here differs from ${fields.source}:\n${fields.differences.map((difference) => `  - ${difference}`).join('\n')}`,
);
export type LockMismatchError = InstanceType<typeof LockMismatchError>;
