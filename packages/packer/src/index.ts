export { packCommon } from './pack-common';
export { type CommonReference, type PackFactorOptions, packFactor } from './pack-factor';
export { packTarball, type Tarball } from './pack-tarball';
export { compatibleRange } from './package-identity';
export type { PackageOptions, PackedPackage } from './write-package';
