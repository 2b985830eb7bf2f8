import { errorClass } from './error-class';

export interface DeadFactorErrorFields {
  /** `name@version` of the package it was to become. */
  source: string;
  /** A sentence on what was found. */
  reason: string;
}

/** A factor's own code does nothing: it is the same for every picture, or the head ignores it. */
export const DeadFactorError = /* @__PURE__ */ errorClass<DeadFactorErrorFields>(
  'dead-factor',
  ({ source, reason }) => `${source} would be a dead factor. ${reason}`,
);
export type DeadFactorError = InstanceType<typeof DeadFactorError>;
