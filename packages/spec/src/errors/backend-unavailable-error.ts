import { FactornetError, type FactornetErrorOptions } from './factornet-error';

const CODE = 'backend-unavailable';

export interface BackendUnavailableErrorFields {
  requested: string;
  /** One line per backend that was tried. */
  reasons: readonly string[];
}

/** No TensorFlow.js backend that was asked for can run here. */
export class BackendUnavailableError extends FactornetError {
  declare readonly requested: string;
  declare readonly reasons: readonly string[];

  constructor(fields: BackendUnavailableErrorFields, options?: FactornetErrorOptions) {
    super(
      CODE,
      `The TensorFlow.js backend "${fields.requested}" cannot run here:\n${fields.reasons.map((reason) => `  - ${reason}`).join('\n')}`,
      options,
      fields,
    );
  }

  static override isInstance(error: unknown): error is BackendUnavailableError {
    return FactornetError.hasCode(error, CODE);
  }
}
