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

  constructor({ source, issues }: InvalidManifestErrorFields, options?: FactornetErrorOptions) {
    super(
      CODE,
      `The factornet manifest of ${source} is not valid:\n${issues.map((issue) => `  - ${issue}`).join('\n')}`,
      options,
      { source, issues },
    );
  }

  static override isInstance(error: unknown): error is InvalidManifestError {
    return FactornetError.hasCode(error, CODE);
  }
}
