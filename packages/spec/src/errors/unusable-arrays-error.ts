import { errorClass } from './error-class';

export interface UnusableArraysErrorFields {
  path: string;
  /** What follows a colon, e.g. `the array "x" is empty`. */
  problem: string;
}

/** A file of arrays is damaged, lacks an array, or holds something else than finite numbers. */
export const UnusableArraysError = /* @__PURE__ */ errorClass<UnusableArraysErrorFields>(
  'unusable-arrays',
  (fields) => `${fields.path} cannot be used: ${fields.problem}.`,
);
export type UnusableArraysError = InstanceType<typeof UnusableArraysError>;
