import { shape } from './display';
import { FactornetError, type FactornetErrorOptions } from './factornet-error';

const CODE = 'shape-mismatch';

export interface ShapeMismatchErrorFields {
  /** What has the wrong shape, e.g. `images`. */
  what: string;
  /** `null` stands for any size. */
  expected: readonly (number | null)[];
  received: readonly (number | null)[];
}

/** A tensor, picture or array does not have the shape that is needed. */
export class ShapeMismatchError extends FactornetError {
  declare readonly what: string;
  declare readonly expected: readonly (number | null)[];
  declare readonly received: readonly (number | null)[];

  constructor(fields: ShapeMismatchErrorFields, options?: FactornetErrorOptions) {
    super(
      CODE,
      `${fields.what} must have the shape ${shape(fields.expected)}, but came with ${shape(fields.received)}.`,
      options,
      fields,
    );
  }

  static override isInstance(error: unknown): error is ShapeMismatchError {
    return FactornetError.hasCode(error, CODE);
  }
}
