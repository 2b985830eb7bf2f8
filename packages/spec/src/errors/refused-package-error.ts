import type { PackageRule } from '../package/package-rule';
import { errorClass } from './error-class';

export interface RefusedPackageErrorFields {
  /** The package folder, file or location. */
  source: string;
  rule: PackageRule;
  /** What was found, one sentence without a full stop. */
  found: string;
}

/** A package that is not what packages of knowledge may be: it is refused before anything of it is decoded or run. */
export const RefusedPackageError = /* @__PURE__ */ errorClass<RefusedPackageErrorFields>(
  'refused-package',
  (fields) => `${fields.source} is refused (${fields.rule}): ${fields.found}.`,
);
export type RefusedPackageError = InstanceType<typeof RefusedPackageError>;
