export { DeadFactorError, type DeadFactorErrorFields } from './errors/dead-factor-error';
export { NoChoiceError, type NoChoiceErrorFields } from './errors/no-choice-error';
export { NpmMissingError, type NpmMissingErrorFields } from './errors/npm-missing-error';
export { NpmPackError, type NpmPackErrorFields } from './errors/npm-pack-error';
export { PackageTooLargeError, type PackageTooLargeErrorFields } from './errors/package-too-large-error';
export { RegistryError, type RegistryErrorFields } from './errors/registry-error';
export { TooMuchLeakageError, type TooMuchLeakageErrorFields } from './errors/too-much-leakage-error';
export {
  VersionContradictedError,
  type VersionContradictedErrorFields,
} from './errors/version-contradicted-error';
