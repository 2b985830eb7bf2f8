import { FactornetError, type FactornetErrorOptions } from './factornet-error';

/** A class of errors: made from its fields, which its instances have, and recognised across copies of this package. */
export interface ErrorClass<Fields extends object> {
  new (fields: Fields, options?: FactornetErrorOptions): FactornetError & Readonly<Fields>;
  isInstance(error: unknown): error is FactornetError & Readonly<Fields>;
}

/**
 * Makes the class of errors of one code. Mark the call `@__PURE__`, or bundlers keep classes that nobody uses.
 *
 * @param code stable; `missing-file` is the code of `MissingFileError`
 * @param explain the message: what was expected, and what came
 * @example
 * export const MissingFileError = errorClass<{ path: string }>('missing-file', ({ path }) => `${path} is not there.`);
 * export type MissingFileError = InstanceType<typeof MissingFileError>;
 */
export function errorClass<Fields extends object>(
  code: string,
  explain: (fields: Fields) => string,
): ErrorClass<Fields> {
  return class extends FactornetError {
    constructor(fields: Fields, options?: FactornetErrorOptions) {
      super(code, explain(fields), options, fields);
    }

    static override isInstance(error: unknown): error is never {
      return FactornetError.hasCode(error, code);
    }
  } as unknown as ErrorClass<Fields>;
}
