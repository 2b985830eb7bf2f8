import { loadSharp } from './load-sharp';

/**
 * A picture as a PNG `data:` URI, for a report that needs no other file.
 *
 * @param values `[height, width, channels]` in [0, 1], one channel or three
 * @throws MissingDependencyError if sharp or its native part is not installed for this machine
 */
export async function pictureDataUri(
  values: Float32Array,
  [height, width, channels]: readonly [number, number, number],
): Promise<string> {
  const sharp = await loadSharp();
  const bytes = Uint8Array.from(values, (value) => Math.round(Math.min(1, Math.max(0, value)) * 255));
  const raw = { width, height, channels: channels as 1 | 3 };
  const png = await sharp(bytes, { raw }).png().toBuffer();
  return `data:image/png;base64,${png.toString('base64')}`;
}
