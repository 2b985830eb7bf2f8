import { list } from './display';
import { FactornetError, type FactornetErrorOptions } from './factornet-error';

const CODE = 'missing-tap';

export interface MissingTapErrorFields {
  tap: string;
  /** Layers that could serve as taps. */
  known: readonly string[];
}

/** A teacher was asked for features at a layer that it does not have. */
export class MissingTapError extends FactornetError {
  declare readonly tap: string;
  declare readonly known: readonly string[];

  constructor(fields: MissingTapErrorFields, options?: FactornetErrorOptions) {
    super(
      CODE,
      `The teacher has no layer named "${fields.tap}" to tap. Its layers are ${list(fields.known)}.`,
      options,
      fields,
    );
  }

  static override isInstance(error: unknown): error is MissingTapError {
    return FactornetError.hasCode(error, CODE);
  }
}
