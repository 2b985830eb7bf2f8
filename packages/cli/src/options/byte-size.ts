import { InvalidArgumentError } from 'commander';

const units: Readonly<Record<string, number>> = {
  '': 1,
  b: 1,
  kb: 1e3,
  mb: 1e6,
  gb: 1e9,
  kib: 2 ** 10,
  mib: 2 ** 20,
  gib: 2 ** 30,
};

/** `6MB` (SI, 6,000,000 bytes), `6MiB` (IEC, 6,291,456), `500 kB`, `1.5MB` or plain bytes. */
export function byteSize(text: string): number {
  const [, number = '', unit = ''] = /^(\d+(?:\.\d+)?)\s*([a-z]*)$/i.exec(text.trim()) ?? [];
  const factor = units[unit.toLowerCase()];
  if (number === '' || factor === undefined) {
    throw new InvalidArgumentError('Expected a size such as 6MB, 500kB, 6MiB or 6000000 (bytes).');
  }
  const bytes = Math.floor(Number(number) * factor);
  if (bytes >= 1 && Number.isSafeInteger(bytes)) return bytes;
  throw new InvalidArgumentError('Expected a size of at least one byte.');
}
