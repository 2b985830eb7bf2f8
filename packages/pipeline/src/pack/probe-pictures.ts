import { type Dataset, limited } from '@factornet/data';
import { type InputDescription, ShapeMismatchError } from '@factornet/spec';

/** How many pictures golden probes get. */
const PROBES = 8;

/**
 * Some pictures of a dataset, of all classes, as bytes, value · 255: golden probes for `packFactorization`.
 *
 * @throws ShapeMismatchError if they are not what the network takes
 */
export async function probesFrom(
  data: Dataset,
  { shape }: Pick<InputDescription, 'shape'>,
  { seed = 0 }: { readonly seed?: number } = {},
): Promise<Uint8Array<ArrayBuffer>> {
  checkPictures(data, { shape });
  const some = await limited(data, PROBES, { seed });
  const { images } = await some.read(Int32Array.from({ length: some.size }, (_, index) => index));
  return Uint8Array.from(images, (value) => Math.round(255 * value));
}

/** @throws ShapeMismatchError if the pictures of a dataset are not what networks take */
export function checkPictures(
  { name, imageShape }: Dataset,
  { shape }: Pick<InputDescription, 'shape'>,
): void {
  if (shape.join() === imageShape.join()) return;
  throw new ShapeMismatchError({
    what: `the pictures of ${name}`,
    expected: [...shape],
    received: [...imageShape],
  });
}
