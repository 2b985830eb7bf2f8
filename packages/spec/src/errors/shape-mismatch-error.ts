import { shape } from './display';
import { errorClass } from './error-class';

export interface ShapeMismatchErrorFields {
  /** What has the wrong shape, e.g. `images`. */
  what: string;
  /** `null` stands for any size. */
  expected: readonly (number | null)[];
  received: readonly (number | null)[];
}

/** A tensor, picture or array does not have the shape that is needed. */
export const ShapeMismatchError = /* @__PURE__ */ errorClass<ShapeMismatchErrorFields>(
  'shape-mismatch',
  (fields) =>
    `${fields.what} must have the shape ${shape(fields.expected)}, but came with ${shape(fields.received)}.`,
);
export type ShapeMismatchError = InstanceType<typeof ShapeMismatchError>;
