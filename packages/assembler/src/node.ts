export { readLock, writeLock } from './lock/lock-files';
export { findPackage } from './packages/find-package';
export { loadCommonPackage, loadFactorPackage } from './packages/load-package';
export { readPackage } from './packages/read-package';
