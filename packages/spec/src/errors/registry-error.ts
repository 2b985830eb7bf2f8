import { FactornetError, type FactornetErrorOptions } from './factornet-error';

const CODE = 'registry';

export interface RegistryErrorFields {
  /** The command, e.g. `npm view @scope/ckn`. */
  command: string;
  /** What it printed. */
  output: string;
}

/** A package manager or registry said no. */
export class RegistryError extends FactornetError {
  declare readonly command: string;
  declare readonly output: string;

  constructor(fields: RegistryErrorFields, options?: FactornetErrorOptions) {
    super(CODE, `${fields.command} failed:\n${fields.output}`, options, fields);
  }

  static override isInstance(error: unknown): error is RegistryError {
    return FactornetError.hasCode(error, CODE);
  }
}
