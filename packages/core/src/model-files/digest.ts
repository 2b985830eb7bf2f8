/** `sha512-<base64>` of the bytes, as in npm lockfiles and Subresource Integrity. */
export async function integrityOf(...parts: readonly Uint8Array<ArrayBuffer>[]): Promise<string> {
  const bytes = new Uint8Array(parts.reduce((total, part) => total + part.length, 0));
  let offset = 0;
  for (const part of parts) {
    bytes.set(part, offset);
    offset += part.length;
  }
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-512', bytes));
  return `sha512-${btoa(String.fromCharCode(...digest))}`;
}
