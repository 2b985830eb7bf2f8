import { randomUUID } from 'node:crypto';
import { rmSync } from 'node:fs';
import { readFile, readlink, rename, rm, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join, resolve } from 'node:path';
import { threadId } from 'node:worker_threads';
import { FolderInUseError } from '@factornet/spec/training';
import { writing } from './write-failure';

const FILE = '.factornet.lock';

/** Who holds a folder. */
interface Holder {
  readonly token: string;
  readonly pid: number;
  readonly thread: number;
  readonly host: string;
  /** Processes are numbered anew in every one of these: a container, say. */
  readonly space: string;
  /** Tells a process from a later one of the same number, where the system can. */
  readonly process: string;
  readonly since: string;
}

/** Locks of this process by their path. */
const held = new Map<string, Holder>();

/** The last claim of each path: those of one process come one after the other, so that none takes a lock for an old one. */
const claims = new Map<string, Promise<unknown>>();

/** Ended by `process.exit`, a run cannot release what it holds in any other way. */
function releaseAll(): void {
  for (const path of held.keys()) rmSync(path, { force: true });
}

/**
 * Claims a folder for this process by a file that only one can create. One that was left behind by a process that is gone
 * is taken over.
 *
 * @returns what releases it
 * @throws FolderInUseError if another run holds it
 * @throws WriteFailedError if nothing can be written there
 */
export async function lockFolder(directory: string): Promise<() => Promise<void>> {
  const path = resolve(join(directory, FILE));
  const claim = Promise.allSettled([claims.get(path)]).then(() => claimPath(directory, path));
  claims.set(path, claim);
  return claim.finally(() => {
    if (claims.get(path) === claim) claims.delete(path);
  });
}

async function claimPath(directory: string, path: string): Promise<() => Promise<void>> {
  const holder: Holder = {
    token: randomUUID(),
    pid: process.pid,
    thread: threadId,
    host: hostname(),
    space: await readlink('/proc/self/ns/pid').catch(() => ''),
    process: await startOf(process.pid),
    since: new Date().toISOString(),
  };
  // Of several that find an old lock, one gets past each round.
  while (!(await create(path, holder))) {
    const other = await readHolder(path);
    if (other !== undefined) {
      if (await isAlive(other, holder, path)) throw inUse(directory, path, other);
      await removeStale(path, other);
    }
  }
  if (held.size === 0) process.on('exit', releaseAll);
  held.set(path, holder);
  return async () => {
    held.delete(path);
    if (held.size === 0) process.off('exit', releaseAll);
    if ((await readHolder(path))?.token === holder.token) await rm(path, { force: true });
  };
}

async function create(path: string, holder: Holder): Promise<boolean> {
  return writing(path, async () => {
    try {
      await writeFile(path, JSON.stringify(holder), { flag: 'wx' });
      return true;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
      // Made, but not written: the disk is full.
      await rm(path, { force: true }).catch(() => {});
      throw error;
    }
  });
}

/** Who holds it; nobody, if it is gone meanwhile. */
async function readHolder(path: string): Promise<Partial<Holder> | undefined> {
  const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    return writing(path, () => Promise.reject(error));
  });
  if (text === undefined) return undefined;
  try {
    return Object(JSON.parse(text)) as Partial<Holder>;
  } catch {
    // Its writer is about to write it, or was stopped at that.
    return {};
  }
}

/** Whether the holder may be at work still; of other machines and containers that cannot be known. */
async function isAlive(other: Partial<Holder>, own: Holder, path: string): Promise<boolean> {
  if (other.host !== own.host || other.space !== own.space || other.pid === undefined) return true;
  if (other.pid === own.pid && other.process === own.process) {
    return other.thread !== own.thread || held.get(path)?.token === other.token;
  }
  try {
    process.kill(other.pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== 'ESRCH';
  }
  return (await startOf(other.pid)) === other.process;
}

/** When a process started, counted from the start of the machine; nothing where the system does not tell. */
async function startOf(pid: number): Promise<string> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
  // The second field is the program's name in brackets, which may hold anything.
  const [start = ''] = stat
    .slice(stat.lastIndexOf(')') + 2)
    .split(' ')
    .slice(19);
  const boot = await readFile('/proc/sys/kernel/random/boot_id', 'utf8').catch(() => '');
  return start === '' ? '' : `${boot.trim()}/${start}`;
}

/** Moved aside first: if it is another's by now, that one gets it back. */
async function removeStale(path: string, { token }: Partial<Holder>): Promise<void> {
  const aside = `${path}.${randomUUID()}`;
  const moved = await rename(path, aside).then(
    () => true,
    () => false,
  );
  if (!moved) return;
  if ((await readHolder(aside))?.token === token) await rm(aside, { force: true });
  else await rename(aside, path);
}

function inUse(directory: string, path: string, { pid, host, since }: Partial<Holder>): FolderInUseError {
  const holder =
    pid === undefined ? 'a process that does not say which' : `process ${pid} on ${host}, since ${since}`;
  return new FolderInUseError(
    { path: directory, holder },
    { hint: `Name another folder, or wait until it is done. If it is gone, delete ${path}.` },
  );
}
