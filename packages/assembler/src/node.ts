export { readLock, writeLock } from './lock/lock-files';
export { findPackage } from './packages/find-package';
export { loadCommonPackage, loadFactorPackage } from './packages/load-package';
export { locatePackage, type PackageLocation } from './packages/locate-package';
export { readPackage } from './packages/read-package';
export { readPackageAt } from './packages/read-package-at';
