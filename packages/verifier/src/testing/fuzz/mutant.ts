import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { integrityOf } from '@factornet/core/internal';
import type { RandomStream } from '@factornet/core/training';
import { generateDeclarations, generateModule } from '@factornet/packer';
import { describedFiles } from '@factornet/spec/internal';
import type { Json } from '../damage';
import { mutateBytes } from './mutate-bytes';
import { mutateJson } from './mutate-json';

/** File name → bytes: a whole package in memory. */
export type PackageBytes = ReadonlyMap<string, Buffer>;

export async function readPackageBytes(folder: string): Promise<PackageBytes> {
  const names = (await readdir(folder)).sort();
  return new Map(
    await Promise.all(names.map(async (name) => [name, await readFile(join(folder, name))] as const)),
  );
}

/** Writes the files in which a package differs from the one that is in the folder. */
export async function replaceFiles(folder: string, before: PackageBytes, after: PackageBytes): Promise<void> {
  for (const [name, bytes] of after) {
    if (before.get(name) !== bytes) await writeFile(join(folder, name), bytes);
  }
}

/** A package that was changed in a few places, of bytes or of JSON. */
export interface Mutant {
  readonly files: PackageBytes;
  /** What was changed, for a reader of a failure. */
  readonly what: string;
  /** Whether lengths, digests and generated modules were made to go with the change, as an author would. */
  readonly signed: boolean;
}

/** Makes a mutant of a good package; of one stream always the same. */
export async function mutate(good: PackageBytes, stream: RandomStream): Promise<Mutant> {
  const files = new Map(good);
  const changes: string[] = [];
  const signed = stream.uniform() < 0.8;
  for (let left = 1 + (stream.uniform() < 0.2 ? stream.integer(3) : 0); left > 0; left--) {
    const names = [...files.keys()];
    // Half of the time where most is decided; else in any file.
    const json = names.filter((name) => name.endsWith('.json'));
    const name = (
      stream.uniform() < 0.6 ? json[stream.integer(json.length)] : names[stream.integer(names.length)]
    ) as string;
    const asJson = name.endsWith('.json') && stream.uniform() < 0.8;
    const before = files.get(name) as Buffer;
    const after = asJson ? mutatedJson(before, stream) : mutateBytes(before, stream);
    files.set(name, after);
    changes.push(`${asJson ? 'JSON' : 'bytes'} of ${name}`);
  }
  if (signed) await sign(files);
  return { files, signed, what: `${changes.join(' and ')}, ${signed ? 'signed' : 'not signed'}` };
}

function mutatedJson(bytes: Buffer, stream: RandomStream): Buffer {
  try {
    const value: Json = JSON.parse(bytes.toString());
    mutateJson(value, stream);
    return Buffer.from(JSON.stringify(value, null, 2));
  } catch {
    // A change before this one left no JSON, or none with places.
    return mutateBytes(bytes, stream);
  }
}

/** Makes the manifest promise what is there, and generates what follows from it, as far as there is a manifest. */
async function sign(files: Map<string, Buffer>): Promise<void> {
  try {
    const json: Json = JSON.parse((files.get('package.json') as Buffer).toString());
    const { name, version, factornet: manifest } = json;
    for (const file of describedFiles(manifest)) {
      const bytes = files.get(file.path);
      if (bytes === undefined) continue;
      Object.assign(file, { bytes: bytes.length, integrity: await integrityOf(new Uint8Array(bytes)) });
    }
    files.set('package.json', Buffer.from(JSON.stringify(json, null, 2)));
    files.set('index.js', Buffer.from(generateModule({ name, version, manifest })));
    files.set('index.d.ts', Buffer.from(generateDeclarations({ name, version, manifest })));
  } catch (error) {
    if (!(error instanceof TypeError || error instanceof SyntaxError)) throw error;
  }
}
