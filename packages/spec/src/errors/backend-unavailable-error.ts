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

  constructor({ requested, reasons }: BackendUnavailableErrorFields, options?: FactornetErrorOptions) {
    super(
      CODE,
      `The TensorFlow.js backend "${requested}" cannot run here:\n${reasons.map((reason) => `  - ${reason}`).join('\n')}`,
      options,
      { requested, reasons },
    );
  }

  static override isInstance(error: unknown): error is BackendUnavailableError {
    return FactornetError.hasCode(error, CODE);
  }
}
