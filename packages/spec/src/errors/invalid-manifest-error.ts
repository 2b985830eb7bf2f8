import { FactornetError, type FactornetErrorOptions } from './factornet-error';

const CODE = 'invalid-manifest';

export interface InvalidManifestErrorFields {
  /** The file or package it came from. */
  source: string;
  /** One line per violation: path and reason. */
  issues: readonly string[];
}

/** A manifest does not follow the schema. */
export class InvalidManifestError extends FactornetError {
  declare readonly source: string;
  declare readonly issues: readonly string[];

  constructor(fields: InvalidManifestErrorFields, options?: FactornetErrorOptions) {
    super(
      CODE,
      `The factornet manifest of ${fields.source} is not valid:\n${fields.issues.map((issue) => `  - ${issue}`).join('\n')}`,
      options,
      fields,
    );
  }

  static override isInstance(error: unknown): error is InvalidManifestError {
    return FactornetError.hasCode(error, CODE);
  }
}
