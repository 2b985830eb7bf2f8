import type { ProbeValues } from '@factornet/core/probes';

/** The probe file that `decodeProbes` of core reads: features, logits (little-endian float32), pictures (bytes). */
export function encodeProbes({ features, logits, pictures }: ProbeValues): Uint8Array<ArrayBuffer> {
  const numbers = [...features, ...(logits ?? [])];
  const bytes = new Uint8Array(numbers.length * 4 + pictures.length);
  const view = new DataView(bytes.buffer);
  numbers.forEach((value, index) => {
    view.setFloat32(index * 4, value, true);
  });
  bytes.set(pictures, numbers.length * 4);
  return bytes;
}
