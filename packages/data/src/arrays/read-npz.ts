import { crc32 } from 'node:zlib';
import type { FeatureMatrix } from '@factornet/core/samples';
import { FactornetError } from '@factornet/spec';
import yauzl, { type Entry, type ZipFile } from 'yauzl';
import { arrayError, type Refuse, refuseArray } from './array-error';
import { ARRAY_LIMITS } from './array-limits';
import type { FoundArrays } from './found-arrays';
import { HEAD_BYTES } from './npy-header';
import { layoutOfNpy, parseNpy } from './parse-npy';

/** Arrays of a `.npz` file: a ZIP archive of `.npy` files, as `numpy.savez` and `savez_compressed` write it. */
export async function readNpz(path: string, names: readonly string[]): Promise<FoundArrays> {
  const archive = await yauzl.openPromise(path, { autoClose: false }).catch(notAnArchive(path));
  try {
    const members = await listMembers(archive, path);
    const arrays = new Map<string, FeatureMatrix>();
    checkSizes(names, members, path);
    for (const name of names) {
      const member = members.get(name);
      if (member === undefined) continue;
      const refuse = refuseArray(path, name);
      const bytes = await readMember(archive, member, refuse);
      // The archive reader checks lengths, but no sums.
      if (crc32(bytes) !== member.crc32)
        throw refuse('is damaged: its checksum differs', { hint: 'Write the file anew.' });
      arrays.set(name, parseNpy(bytes, refuse));
    }
    return { arrays, present: [...members.keys()] };
  } finally {
    archive.close();
  }
}

/** Members by the name that `numpy.load` gives them. */
async function listMembers(archive: ZipFile, path: string): Promise<Map<string, Entry>> {
  if (archive.entryCount > ARRAY_LIMITS.members) {
    throw arrayError(
      path,
      `it has ${archive.entryCount} members, more than the ${ARRAY_LIMITS.members} it may have`,
    );
  }
  const members = new Map<string, Entry>();
  const entries = archive.eachEntry();
  for (;;) {
    const { done, value: entry } = await entries.next().catch(notAnArchive(path));
    if (done) return members;
    const name = entry.fileName.replace(/\.npy$/, '');
    if (members.has(name)) throw arrayError(path, `it has two arrays "${name}"`);
    members.set(name, entry);
  }
}

/** By what members say of themselves, before any is unpacked. */
function checkSizes(names: readonly string[], members: ReadonlyMap<string, Entry>, path: string): void {
  const hint = 'Take a random part of the examples, or save it as float32.';
  let total = 0;
  for (const name of new Set(names)) {
    const size = members.get(name)?.uncompressedSize ?? 0;
    total += size;
    if (size > ARRAY_LIMITS.bytes) {
      const problem = `takes ${size} bytes, more than the ${ARRAY_LIMITS.bytes} it may have`;
      throw refuseArray(path, name)(problem, { hint });
    }
  }
  if (total <= ARRAY_LIMITS.archiveBytes) return;
  const problem = `its arrays take ${total} bytes together, more than the ${ARRAY_LIMITS.archiveBytes} they may have`;
  throw arrayError(path, problem, { hint });
}

/** Unpacks a member; of one whose head does not fit it, no more than the head. */
async function readMember(archive: ZipFile, member: Entry, refuse: Refuse): Promise<Uint8Array> {
  const chunks: Buffer[] = [];
  let [length, isChecked] = [0, false];
  try {
    for await (const chunk of await archive.openReadStreamPromise(member)) {
      chunks.push(chunk as Buffer);
      length += chunk.length;
      if (isChecked || length < HEAD_BYTES) continue;
      layoutOfNpy(Buffer.concat(chunks), member.uncompressedSize, refuse);
      isChecked = true;
    }
  } catch (cause) {
    if (FactornetError.isInstance(cause)) throw cause;
    throw refuse(`cannot be unpacked: ${reason(cause)}`, { cause, hint: 'Write the file anew.' });
  }
  return Buffer.concat(chunks, length);
}

function notAnArchive(path: string): (cause: unknown) => never {
  return (cause) => {
    throw arrayError(path, `it is no .npz archive, or truncated (${reason(cause)})`, {
      cause,
      hint: 'Write it anew with numpy.savez(path, x=x, y=y).',
    });
  };
}

function reason(cause: unknown): string {
  return cause instanceof Error ? cause.message : String(cause);
}
