import type { TaskDescription } from '@factornet/spec';
import { checkIndices } from './check-indices';
import type { Dataset, Labels } from './dataset';
import { withLabels } from './labels/with-labels';

export interface ByteDatasetSource {
  readonly name: string;
  readonly size: number;
  readonly imageShape: readonly [number, number, number];
  readonly tasks: readonly TaskDescription[];
  /** The picture's `height · width · channels` bytes, row by row, channels last. */
  picture(index: number): Uint8Array;
  labels(indices: ArrayLike<number>): Labels;
}

/** A dataset over 8-bit pictures: byte b becomes the value `b / 255`. */
export function byteDataset({ name, size, imageShape, tasks, picture, labels }: ByteDatasetSource): Dataset {
  const valuesPerPicture = imageShape[0] * imageShape[1] * imageShape[2];
  const dataset: Dataset = {
    name,
    size,
    imageShape,
    tasks,
    async read(indices) {
      checkIndices(indices, size);
      const images = new Float32Array(indices.length * valuesPerPicture);
      for (let position = 0; position < indices.length; position++) {
        const index = indices[position] as number;
        const bytes = picture(index);
        const offset = position * valuesPerPicture;
        for (let value = 0; value < valuesPerPicture; value++) {
          images[offset + value] = (bytes[value] as number) / 255;
        }
      }
      return { size: indices.length, images, labels: labels(indices) };
    },
  };
  return withLabels(dataset, async (indices) => {
    checkIndices(indices, size);
    return labels(indices);
  });
}
