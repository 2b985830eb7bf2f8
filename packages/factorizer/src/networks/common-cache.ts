import { type CommonOutputs, normalizeImages } from '@factornet/core';
import { ColumnStore, type Dataset, eachBatch, type PassBatch } from '@factornet/data';
import type { InputDescription } from '@factornet/spec';
import { keep, type Tensor, type Tensor2D, type Tensor4D, tidy, util } from '@tensorflow/tfjs';
import { type ProgressListener, reportPass } from '../training/progress';
import type { CommonPart } from './common-part';

/** What a frozen common network offers of some pictures, without the pictures; the caller disposes of it. */
export type Offers = Pick<CommonOutputs, 'features' | 'maps'>;

export interface CommonLookUp {
  /** Whether every answer is in memory, so that no picture is needed. */
  readonly kept: boolean;
  /** @param examples with normalized pictures, unless answers are kept */
  lookUp(examples: { readonly indices: Int32Array; readonly pictures?: Tensor4D | undefined }): Offers;
}

export interface CommonCacheOptions {
  readonly input: InputDescription;
  /** Most bytes to keep; where all would take more, none are kept. Default 512 MiB. */
  readonly bytes?: number | undefined;
  readonly onProgress?: ProgressListener | undefined;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Evaluates a frozen common network on every example of a dataset, and keeps z and its maps: it does not change, so once is
 * enough. Where they would take more than `bytes`, a note says so, and the network runs again on each batch: equal, bit for
 * bit, where a picture's answer does not depend on its batch, as on `cpu` and `wasm`.
 *
 * @throws CancelledError
 */
export async function cacheCommon(
  common: CommonPart,
  data: Dataset,
  { input, bytes: allowed = 2 ** 29, onProgress, signal }: CommonCacheOptions,
): Promise<CommonLookUp> {
  const sizes = [common.features, ...common.maps.map(({ shape }) => util.sizeFromShape([...shape]))];
  const bytes = 4 * data.size * sizes.reduce((sum, size) => sum + size, 0);
  if (bytes > allowed) {
    const [needed, most] = [bytes, allowed].map((count) => `${(count / 1e6).toFixed(1)} MB`);
    const message =
      `what the common network offers of ${data.size} examples takes ${needed}, more than ${most}, ` +
      'so it runs again on each batch';
    onProgress?.({ type: 'note', stage: 'common', message });
    return { kept: false, lookUp: ({ pictures }) => offersOf(common, pictures as Tensor4D) };
  }
  const store = new ColumnStore(data.size);
  const pass = {
    operation: 'Evaluating the common network',
    signal,
    onProgress: reportPass('common', onProgress),
  };
  await eachBatch(data, pass, async ({ images, start }: PassBatch) => {
    const rows = tidy(() => {
      const { features, maps } = offersOf(common, normalizeImages(images, input));
      const flat = (map: Tensor) => keep(map.reshape<Tensor2D>([images.shape[0], -1]));
      return {
        z: keep(features),
        ...Object.fromEntries(Object.entries(maps).map(([name, map]) => [`map/${name}`, flat(map)])),
      };
    });
    await store.take(start, rows);
  });
  return {
    kept: true,
    lookUp: ({ indices }) => ({
      features: store.gather('z', indices),
      maps: tidy(() =>
        Object.fromEntries(
          common.maps.map(({ name, shape }) => [
            name,
            store.gather(`map/${name}`, indices).reshape([indices.length, ...shape]),
          ]),
        ),
      ),
    }),
  };
}

function offersOf(common: CommonPart, pictures: Tensor4D): Offers {
  return tidy(() => {
    const { features, maps } = common.evaluate(pictures);
    return { features, maps };
  });
}
