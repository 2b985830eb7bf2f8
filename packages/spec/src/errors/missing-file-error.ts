import { FactornetError, type FactornetErrorOptions } from './factornet-error';

const CODE = 'missing-file';

export interface MissingFileErrorFields {
  path: string;
}

/** A file that a manifest names, or a user passed, is not there. */
export class MissingFileError extends FactornetError {
  declare readonly path: string;

  constructor(fields: MissingFileErrorFields, options?: FactornetErrorOptions) {
    super(CODE, `${fields.path} does not exist or cannot be read.`, options, fields);
  }

  static override isInstance(error: unknown): error is MissingFileError {
    return FactornetError.hasCode(error, CODE);
  }
}
