export { LockMismatchError, type LockMismatchErrorFields } from './errors/lock-mismatch-error';
export {
  LOCKFILE_VERSION,
  type LockedPackage,
  type Lockfile,
  lockfileSchema,
  parseLockfile,
  type UncheckedLockfile,
} from './manifest/lockfile';
