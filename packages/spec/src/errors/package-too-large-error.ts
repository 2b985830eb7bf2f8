import { FactornetError, type FactornetErrorOptions } from './factornet-error';

const CODE = 'package-too-large';

export interface PackageTooLargeErrorFields {
  /** `name@version`. */
  source: string;
  bytes: number;
  limit: number;
}

/** A package is larger than registries and CDNs take well. */
export class PackageTooLargeError extends FactornetError {
  declare readonly source: string;
  declare readonly bytes: number;
  declare readonly limit: number;

  constructor(fields: PackageTooLargeErrorFields, options?: FactornetErrorOptions) {
    super(
      CODE,
      `${fields.source} has ${fields.bytes} bytes, more than the ${fields.limit} that a package may have.`,
      options,
      fields,
    );
  }

  static override isInstance(error: unknown): error is PackageTooLargeError {
    return FactornetError.hasCode(error, CODE);
  }
}
