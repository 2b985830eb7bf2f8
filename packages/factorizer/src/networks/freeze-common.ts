import { type CommonNetwork, normalizeImages } from '@factornet/core';
import { ColumnStore, type Dataset, eachBatch, type PassBatch } from '@factornet/data';
import { type Tensor, type Tensor2D, tidy, util } from '@tensorflow/tfjs';
import { type ProgressListener, reportPass } from '../training/progress';
import { type FrozenCommon, frozenCommonPart, type OfferedExamples, type Offers } from './common-part';

export interface FreezeCommonOptions {
  /** Most bytes to keep; where all would take more, none are kept. Default 512 MiB. */
  readonly bytes?: number | undefined;
  readonly onProgress?: ProgressListener | undefined;
  readonly signal?: AbortSignal | undefined;
}

/**
 * A common network that no longer changes, and what it offers of the data that factors are trained on.
 *
 * Evaluates it on every example of a dataset, and keeps z and its maps: it does not change, so once is
 * enough. Where they would take more than `bytes`, a note says so, and the network runs again on each batch: equal, bit for
 * bit, where a picture's answer does not depend on its batch, as on `cpu` and `wasm`.
 *
 * @throws CancelledError
 */
export async function freezeCommon(
  brick: CommonNetwork,
  data: Dataset,
  { bytes: allowed = 2 ** 29, onProgress, signal }: FreezeCommonOptions,
): Promise<FrozenCommon> {
  const common = frozenCommonPart(brick);
  const sizes = [common.features, ...common.maps.map(({ shape }) => util.sizeFromShape([...shape]))];
  const bytes = 4 * data.size * sizes.reduce((sum, size) => sum + size, 0);
  if (bytes > allowed) {
    const [needed, most] = [bytes, allowed].map((count) => `${(count / 1e6).toFixed(1)} MB`);
    const message =
      `what the common network offers of ${data.size} examples takes ${needed}, more than ${most}, ` +
      'so it runs again on each batch';
    onProgress?.({ type: 'note', stage: 'common', message });
    return common;
  }
  const store = new ColumnStore(data.size);
  const pass = {
    operation: 'Evaluating the common network',
    signal,
    onProgress: reportPass('common', onProgress),
  };
  await eachBatch(data, pass, async ({ images, indices, start }: PassBatch) => {
    const rows = tidy(() => {
      const picture = normalizeImages(images, brick.description.input);
      const { features, maps } = common.offer({ indices, picture });
      const flat = (map: Tensor) => map.reshape<Tensor2D>([indices.length, -1]);
      return {
        z: features,
        ...Object.fromEntries(Object.entries(maps).map(([name, map]) => [`map/${name}`, flat(map)])),
      };
    });
    await store.take(start, rows);
  });
  const offer = ({ indices }: OfferedExamples): Offers => ({
    features: store.gather('z', indices),
    maps: Object.fromEntries(
      common.maps.map(({ name, shape }) => [
        name,
        store.gather(`map/${name}`, indices).reshape([indices.length, ...shape]),
      ]),
    ),
  });
  return { ...common, kept: true, offer };
}
