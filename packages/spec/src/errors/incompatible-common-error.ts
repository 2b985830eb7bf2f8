import { FactornetError, type FactornetErrorOptions } from './factornet-error';

const CODE = 'incompatible-common';

export interface IncompatibleCommonErrorFields {
  /** `name@version` of the factor package. */
  factor: string;
  /** `name@range` that the factor declares. */
  wanted: string;
  /** `name@version` of the common-knowledge network at hand. */
  offered: string;
  /** Which of the three checks failed. */
  reason: 'name' | 'range' | 'representation';
}

/** A factor was made for another common-knowledge network than the one it is assembled with. */
export class IncompatibleCommonError extends FactornetError {
  declare readonly factor: string;
  declare readonly wanted: string;
  declare readonly offered: string;
  declare readonly reason: 'name' | 'range' | 'representation';

  constructor(fields: IncompatibleCommonErrorFields, options?: FactornetErrorOptions) {
    super(
      CODE,
      `${fields.factor} was made for ${fields.wanted}, but is being assembled with ${fields.offered}${fields.reason === 'representation' ? ', whose feature space (representation digest) is a different one' : ''}.`,
      options,
      fields,
    );
  }

  static override isInstance(error: unknown): error is IncompatibleCommonError {
    return FactornetError.hasCode(error, CODE);
  }
}
