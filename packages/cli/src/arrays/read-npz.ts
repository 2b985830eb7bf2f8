import { buffer } from 'node:stream/consumers';
import { crc32 } from 'node:zlib';
import type { FeatureMatrix } from '@factornet/core/samples';
import yauzl, { type Entry, type ZipFile } from 'yauzl';
import { arrayError, refuseArray } from './array-error';
import { ARRAY_LIMITS } from './array-limits';
import type { FoundArrays } from './found-arrays';
import { parseNpy } from './parse-npy';

/** Arrays of a `.npz` file: a ZIP archive of `.npy` files, as `numpy.savez` and `savez_compressed` write it. */
export async function readNpz(path: string, names: readonly string[]): Promise<FoundArrays> {
  const archive = await yauzl.openPromise(path, { autoClose: false }).catch(notAnArchive(path));
  try {
    const members = await listMembers(archive, path);
    const arrays = new Map<string, FeatureMatrix>();
    for (const name of names) {
      const member = members.get(name);
      if (member === undefined) continue;
      const refuse = refuseArray(path, name);
      if (member.uncompressedSize > ARRAY_LIMITS.bytes) {
        throw refuse(
          `takes ${member.uncompressedSize} bytes, more than the ${ARRAY_LIMITS.bytes} it may have`,
          {
            hint: 'Take a random part of the examples, or save it as float32.',
          },
        );
      }
      const bytes = await readMember(archive, member).catch((cause: unknown) => {
        throw refuse(`cannot be unpacked: ${reason(cause)}`, { cause, hint: 'Write the file anew.' });
      });
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

async function readMember(archive: ZipFile, member: Entry): Promise<Uint8Array> {
  return buffer(await archive.openReadStreamPromise(member));
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
