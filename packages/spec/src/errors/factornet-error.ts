const marker = Symbol.for('factornet.error');

export interface FactornetErrorOptions {
  /** What the reader should do next, one sentence. */
  hint?: string;
  cause?: unknown;
}

/**
 * Base of every error factornet throws on purpose. `code` is stable and safe to branch on; `hint` says
 * what to do next and is already part of `message`.
 *
 * `FactornetError.isInstance(error)` works across duplicate copies of this package, where `instanceof`
 * does not.
 */
export class FactornetError extends Error {
  readonly code: string;
  readonly hint: string | undefined;
  /** Kept on the instance so that a second copy of this package recognises it. */
  readonly [marker]: string;

  constructor(
    code: string,
    message: string,
    { hint, cause }: FactornetErrorOptions = {},
    /** What a class of its own tells besides, under these names. */
    fields: object = {},
  ) {
    const whole = hint === undefined ? message : `${message}\n${hint}`;
    super(whole, cause === undefined ? undefined : { cause });
    // Another error or a conflict may serve as fields: its own name, words and hint do not come along.
    Object.assign(this, fields, { message: whole });
    // Minifiers rename classes, so the name comes from the code: `missing-file` is a `MissingFileError`.
    this.name = `${new.target === FactornetError ? 'Factornet' : code.replace(/(?:^|-)(.)/g, (_, letter) => letter.toUpperCase())}Error`;
    this.code = code;
    this.hint = hint;
    this[marker] = code;
  }

  static isInstance(error: unknown): error is FactornetError {
    return FactornetError.hasCode(error);
  }

  protected static hasCode(error: unknown, code?: string): boolean {
    if (typeof error !== 'object' || error === null) return false;
    const found = (error as { [marker]?: unknown })[marker];
    return code === undefined ? typeof found === 'string' : found === code;
  }
}
