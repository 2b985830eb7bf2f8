import { display } from './display';
import { errorClass } from './error-class';

export interface InvalidOptionErrorFields {
  option: string;
  /** What would be accepted. */
  expected: string;
  received: unknown;
}

/** An option or argument has a value that makes no sense. */
export const InvalidOptionError = /* @__PURE__ */ errorClass<InvalidOptionErrorFields>(
  'invalid-option',
  (fields) => `${fields.option} must be ${fields.expected}, but is ${display(fields.received)}.`,
);
export type InvalidOptionError = InstanceType<typeof InvalidOptionError>;
