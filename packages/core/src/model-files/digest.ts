/** `sha512-<base64>` of the bytes, as in npm lockfiles and Subresource Integrity. */
export async function integrityOf(...parts: readonly Uint8Array<ArrayBuffer>[]): Promise<string> {
  // For small files the way to a thread of WebCrypto and back takes far longer than the digest.
  const { createHash } = globalThis.process?.getBuiltinModule?.('node:crypto') ?? {};
  if (createHash !== undefined) {
    const hash = createHash('sha512');
    for (const part of parts) hash.update(part);
    return `sha512-${hash.digest('base64')}`;
  }
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-512', joined(parts)));
  return `sha512-${btoa(String.fromCharCode(...digest))}`;
}

function joined(parts: readonly Uint8Array<ArrayBuffer>[]): Uint8Array<ArrayBuffer> {
  const [first] = parts;
  if (parts.length === 1 && first !== undefined) return first;
  const bytes = new Uint8Array(parts.reduce((total, part) => total + part.length, 0));
  let offset = 0;
  for (const part of parts) {
    bytes.set(part, offset);
    offset += part.length;
  }
  return bytes;
}
