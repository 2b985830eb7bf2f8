import { writeBytes } from './write-files';

/** Writes `value` as indented JSON: whole, or not at all. @throws WriteFailedError */
export async function writeJson(path: string, value: unknown): Promise<void> {
  await writeBytes(path, jsonBytes(value));
}

/** What {@link writeJson} writes. */
export function jsonBytes(value: unknown): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(`${JSON.stringify(value, null, 2)}\n`);
}

/** Writes a text file in UTF-8: whole, or not at all. @throws WriteFailedError */
export async function writeText(path: string, text: string): Promise<void> {
  await writeBytes(path, new TextEncoder().encode(text));
}
