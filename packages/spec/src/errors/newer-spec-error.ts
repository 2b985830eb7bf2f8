import { FactornetError, type FactornetErrorOptions } from './factornet-error';

const CODE = 'newer-spec';

export interface NewerSpecErrorFields {
  source: string;
  /** Specification version of the manifest. */
  version: number;
  /** Latest version this release reads. */
  supported: number;
}

/** A manifest was written for a later version of the specification. */
export class NewerSpecError extends FactornetError {
  declare readonly source: string;
  declare readonly version: number;
  declare readonly supported: number;

  constructor(fields: NewerSpecErrorFields, options?: FactornetErrorOptions) {
    super(
      CODE,
      `${fields.source} follows version ${fields.version} of the factornet specification; this release reads up to version ${fields.supported}.`,
      options,
      fields,
    );
  }

  static override isInstance(error: unknown): error is NewerSpecError {
    return FactornetError.hasCode(error, CODE);
  }
}
