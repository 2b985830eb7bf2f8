import type { PackageRule } from '../package/package-rule';
import { FactornetError, type FactornetErrorOptions } from './factornet-error';

const CODE = 'refused-package';

export interface RefusedPackageErrorFields {
  /** The package folder, file or location. */
  source: string;
  rule: PackageRule;
  /** What was found, one sentence without a full stop. */
  found: string;
}

/** A package that is not what packages of knowledge may be: it is refused before anything of it is decoded or run. */
export class RefusedPackageError extends FactornetError {
  declare readonly source: string;
  declare readonly rule: PackageRule;
  declare readonly found: string;

  constructor(fields: RefusedPackageErrorFields, options?: FactornetErrorOptions) {
    super(CODE, `${fields.source} is refused (${fields.rule}): ${fields.found}.`, options, fields);
  }

  static override isInstance(error: unknown): error is RefusedPackageError {
    return FactornetError.hasCode(error, CODE);
  }
}
