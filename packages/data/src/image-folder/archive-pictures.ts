import { createReadStream } from 'node:fs';
import { throwIfCancelled } from '@factornet/core/training';
import { UnreadableArchiveError } from '@factornet/spec/training';
import { Parser, type ReadEntry } from 'tar';
import { type FoundFiles, nothingFound, skipFile } from './found-files';
import { checkLimit, type ImageFolderLimits } from './limits';
import { isPicture } from './picture-file';

/**
 * The pictures in a tar file, compressed or not, encoded as they are and held in memory: an archive can only
 * be read from front to back, and the order wanted is another one.
 *
 * @throws UnreadableArchiveError if it is truncated, no tar file, or leaves open which picture it means: a
 *   path that leads out of it or comes twice
 */
export async function archivePictures(
  path: string,
  limits: Required<ImageFolderLimits>,
  signal: AbortSignal | undefined,
): Promise<FoundFiles> {
  const found = nothingFound();
  const names = new Set<string>();
  let failure: unknown;
  let total = 0;
  function take(entry: ReadEntry): void {
    const name = entry.path
      .split('/')
      .filter((part) => part !== '' && part !== '.')
      .join('/');
    const problem = problemOf(entry, name, names);
    names.add(name);
    if (problem !== undefined) failure ??= ambiguous(path, JSON.stringify(entry.path), problem);
    if (!isFile(entry) || !isPicture(name) || failure !== undefined) {
      if (entry.type === 'Directory') found.folders.add(name);
      else skipFile(found, name);
      found.folders.add(name.split('/').slice(0, -1).join('/'));
      entry.resume();
      return;
    }
    try {
      total += entry.size;
      checkLimit(limits, 'bytesPerFile', entry.size, name);
      checkLimit(limits, 'bytes', total, 'the encoded pictures read so far');
      checkLimit(limits, 'pictures', found.pictures.length + 1, 'the pictures found so far');
    } catch (error) {
      failure = error;
      entry.resume();
      return;
    }
    const parts: Buffer[] = [];
    entry.on('data', (part) => parts.push(part));
    entry.on('end', () => {
      const bytes = Buffer.concat(parts);
      found.pictures.push({ path: name, read: async () => bytes });
    });
  }
  const parser = new Parser({ strict: true, onReadEntry: take });
  // A tar file ends with two empty blocks; without them it was cut off, perhaps between two pictures.
  let complete = false;
  parser.on('eof', () => {
    complete = true;
  });
  const ended = new Promise<void>((resolve, reject) => {
    parser.on('end', resolve);
    parser.on('error', reject);
  });
  // Awaited only at the end; until then a rejection is known through `failure`.
  ended.catch((error: unknown) => {
    failure ??= unreadable(path, error);
  });
  for await (const chunk of createReadStream(path, { highWaterMark: 2 ** 20 })) {
    throwIfCancelled('Reading pictures', signal);
    parser.write(chunk as Buffer);
    if (failure !== undefined) throw failure;
  }
  parser.end();
  await ended.catch(() => undefined);
  if (failure !== undefined) throw failure;
  if (!complete) throw unreadable(path, 'its end is missing');
  return found;
}

function isFile({ type }: ReadEntry): boolean {
  return type === 'File' || type === 'OldFile' || type === 'ContiguousFile';
}

function problemOf(entry: ReadEntry, name: string, names: ReadonlySet<string>): string | undefined {
  if (/(?:^|\/)\.\.(?:\/|$)|^\//.test(entry.path)) return 'leads out of it';
  if (/\p{Cc}/u.test(entry.path)) return 'has control characters';
  return isPicture(name) && names.has(name) ? 'comes twice' : undefined;
}

function ambiguous(path: string, entry: string, problem: string): UnreadableArchiveError {
  const hint = 'Pack it anew from a folder: tar -cf pictures.tar <folder>';
  return new UnreadableArchiveError({ path, problem: `is not taken: ${entry} ${problem}` }, { hint });
}

function unreadable(path: string, cause: unknown): UnreadableArchiveError {
  const reason = cause instanceof Error ? cause.message : String(cause);
  const problem = `is not a complete tar file: ${reason}`;
  return new UnreadableArchiveError({ path, problem }, { cause, hint: 'Copy or download the file again.' });
}
