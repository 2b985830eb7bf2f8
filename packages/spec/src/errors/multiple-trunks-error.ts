import { list } from './display';
import { errorClass } from './error-class';

export interface MultipleTrunksErrorFields {
  /** `name@version` of every common-knowledge network. */
  commons: readonly string[];
}

/** Factors were made for different common-knowledge networks, and one trunk was asked for. */
export const MultipleTrunksError = /* @__PURE__ */ errorClass<MultipleTrunksErrorFields>(
  'multiple-trunks',
  (fields) =>
    `These factors need ${fields.commons.length} common-knowledge networks: ${list(fields.commons)}. Each would run on its own for every picture.`,
);
export type MultipleTrunksError = InstanceType<typeof MultipleTrunksError>;
