import {
  type LockedPackage,
  type Lockfile,
  parseLockfile,
  type UncheckedLockfile,
} from '@factornet/spec/lock';
import { createLock, type LockRequest } from './create-lock';

/**
 * How a composition differs from a lockfile, one line per difference: packages that were added, removed, or are of
 * another version, manifests and files with another digest. Empty if it does not.
 *
 * @throws what {@link createLock} throws
 * @example
 * const differences = await compareLock(await readLock('factornet.lock.json'), { common: ckn, factors: [shape] });
 */
export async function compareLock(lock: UncheckedLockfile, request: LockRequest): Promise<string[]> {
  return compareLocks(parseLockfile(lock, 'the lockfile'), await createLock(request));
}

/** Differences of what is here from what is locked. */
export function compareLocks(
  locked: Pick<Lockfile, 'trunks' | 'factors'>,
  here: Pick<Lockfile, 'trunks' | 'factors'>,
): string[] {
  return [...comparePackages(locked.trunks, here.trunks), ...comparePackages(locked.factors, here.factors)];
}

function comparePackages(locked: readonly LockedPackage[], here: readonly LockedPackage[]): string[] {
  const [left, found] = [[...locked], [...here]];
  const differences: string[] = [];
  const match = (
    fits: (one: LockedPackage, other: LockedPackage) => boolean,
    tell: typeof comparePackage,
  ) => {
    for (const one of [...left]) {
      const position = found.findIndex((other) => fits(one, other));
      if (position < 0) continue;
      differences.push(...tell(one, found[position] as LockedPackage));
      found.splice(position, 1);
      left.splice(left.indexOf(one), 1);
    }
  };
  // The same release first: a composition may have two of one package.
  match((one, other) => labelOf(one) === labelOf(other), comparePackage);
  match(
    (one, other) => one.name === other.name,
    (one, other) => [`${one.name}: ${one.version} is locked, ${other.version} is here`],
  );
  return [
    ...differences,
    ...left.map((one) => `${labelOf(one)} is locked, but not here`),
    ...found.map((one) => `${labelOf(one)} is here, but not locked`),
  ];
}

function comparePackage(locked: LockedPackage, here: LockedPackage): string[] {
  const label = labelOf(locked);
  const paths = new Set([...Object.keys(locked.files), ...Object.keys(here.files)]);
  const differences = [...paths].flatMap((path) =>
    tell(`${label}: ${path}`, locked.files[path], here.files[path]),
  );
  if (differences.length > 0) return differences;
  return [
    ...tell(`${label}: its feature space`, locked.representation, here.representation),
    ...tell(`${label}: its manifest`, locked.manifest, here.manifest),
  ].slice(0, 1);
}

function tell(what: string, locked: string | undefined, here: string | undefined): string[] {
  if (locked === here) return [];
  if (here === undefined) return [`${what} is locked, but not here`];
  if (locked === undefined) return [`${what} is here, but not locked`];
  return [`${what} is locked as ${short(locked)}, and is ${short(here)} here`];
}

const labelOf = ({ name, version }: LockedPackage) => `${name}@${version}`;
const short = (digest: string) => `${digest.slice(0, 'sha512-'.length + 12)}…`;
