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
  readonly command: string;
  readonly output: string;

  constructor(fields: RegistryErrorFields, options?: FactornetErrorOptions) {
    super(CODE, `${fields.command} failed:\n${fields.output}`, options);
    this.command = fields.command;
    this.output = fields.output;
  }

  static override isInstance(error: unknown): error is RegistryError {
    return FactornetError.hasCode(error, CODE);
  }
}
