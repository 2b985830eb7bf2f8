export { readLock, writeLock } from './lock/lock-files';
export { findPackage } from './packages/find-package';
export { readPackage } from './packages/read-package';
