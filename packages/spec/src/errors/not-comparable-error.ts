import { errorClass } from './error-class';

export interface NotComparableErrorFields {
  /** The label space asked for. */
  labelSpace: string;
  /** One sentence without a full stop. */
  reason: string;
}

/** Factors cannot give one distribution together. */
export const NotComparableError = /* @__PURE__ */ errorClass<NotComparableErrorFields>(
  'not-comparable',
  (fields) => `There is no joint distribution over "${fields.labelSpace}": ${fields.reason}.`,
);
export type NotComparableError = InstanceType<typeof NotComparableError>;
