export { compareLock } from './lock/compare-lock';
export { createLock, type LockRequest } from './lock/create-lock';
export { pinnedBy } from './lock/pinned-by';
