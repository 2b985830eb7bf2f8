export { type Check, type CheckStatus, checks, type PackageReport, type VerificationCheck } from './report';
export { checkPackage, type VerifyOptions, verifyPackage } from './verify-package';
