import { FactornetError, type FactornetErrorOptions } from './factornet-error';

const CODE = 'integrity';

export interface IntegrityErrorFields {
  path: string;
  /** `sha512-…`, or a number of bytes as text. */
  expected: string;
  received: string;
}

/** A file is there, but its bytes are not the ones its manifest promises. */
export class IntegrityError extends FactornetError {
  declare readonly path: string;
  declare readonly expected: string;
  declare readonly received: string;

  constructor(fields: IntegrityErrorFields, options?: FactornetErrorOptions) {
    super(
      CODE,
      `${fields.path} is not the file its manifest describes: expected ${fields.expected}, found ${fields.received}.`,
      options,
      fields,
    );
  }

  static override isInstance(error: unknown): error is IntegrityError {
    return FactornetError.hasCode(error, CODE);
  }
}
