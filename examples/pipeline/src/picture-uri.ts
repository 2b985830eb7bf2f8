import sharp from 'sharp';

/** A picture `[height, width, 3]` with values in [0, 1] as a PNG `data:` URI. */
export async function pictureUri(
  values: Float32Array,
  [height, width, channels]: readonly [number, number, number],
): Promise<string> {
  const bytes = Buffer.from(Uint8Array.from(values, (value) => Math.round(value * 255)));
  const raw = { width, height, channels: channels as 3 };
  const png = await sharp(bytes, { raw }).png().toBuffer();
  return `data:image/png;base64,${png.toString('base64')}`;
}
