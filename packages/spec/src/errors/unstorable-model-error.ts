import { FactornetError, type FactornetErrorOptions } from './factornet-error';

const CODE = 'unstorable-model';

export interface UnstorableModelErrorFields {
  /** Its name. */
  model: string;
  /** What would become of it, e.g. `read back, its layer "a" has units 3 in place of 4`. */
  reason: string;
}

/** A model that would not be the same once it was written and read: nothing was written. */
export class UnstorableModelError extends FactornetError {
  declare readonly model: string;
  declare readonly reason: string;

  constructor({ model, reason }: UnstorableModelErrorFields, options?: FactornetErrorOptions) {
    super(CODE, `The model "${model}" cannot be stored: ${reason}.`, options, { model, reason });
  }

  static override isInstance(error: unknown): error is UnstorableModelError {
    return FactornetError.hasCode(error, CODE);
  }
}
