import { errorClass } from './error-class';

export interface NonFiniteLossErrorFields {
  /** Objective term, or `gradient of …`. */
  term: string;
  /** From 1. */
  epoch: number;
  /** Step within the epoch, from 1. */
  step: number;
  value: number;
}

/** Training produced a number that is not finite. */
export const NonFiniteLossError = /* @__PURE__ */ errorClass<NonFiniteLossErrorFields>(
  'non-finite-loss',
  (fields) =>
    `Training stopped at epoch ${fields.epoch}, step ${fields.step}: the term "${fields.term}" became ${fields.value}.`,
);
export type NonFiniteLossError = InstanceType<typeof NonFiniteLossError>;
