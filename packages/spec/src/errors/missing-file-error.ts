import { FactornetError, type FactornetErrorOptions } from './factornet-error';

const CODE = 'missing-file';

export interface MissingFileErrorFields {
  path: string;
}

/** A file that a manifest names, or a user passed, is not there. */
export class MissingFileError extends FactornetError {
  declare readonly path: string;

  constructor({ path }: MissingFileErrorFields, options?: FactornetErrorOptions) {
    super(CODE, `${path} does not exist or cannot be read.`, options, { path });
  }

  static override isInstance(error: unknown): error is MissingFileError {
    return FactornetError.hasCode(error, CODE);
  }
}
