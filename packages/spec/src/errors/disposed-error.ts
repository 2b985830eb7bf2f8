import { FactornetError, type FactornetErrorOptions } from './factornet-error';

const CODE = 'disposed';

export interface DisposedErrorFields {
  what: string;
}

/** Something was used after its `dispose()`. */
export class DisposedError extends FactornetError {
  declare readonly what: string;

  constructor(fields: DisposedErrorFields, options?: FactornetErrorOptions) {
    super(CODE, `This ${fields.what} was disposed; it can no longer be used.`, options, fields);
  }

  static override isInstance(error: unknown): error is DisposedError {
    return FactornetError.hasCode(error, CODE);
  }
}
