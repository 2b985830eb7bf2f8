import { type CommonNetwork, normalizeImages } from '@factornet/core';
import type { FeatureMatrix } from '@factornet/core/samples';
import { ColumnStore, type Dataset, eachBatch } from '@factornet/data';
import { askTeacher, averagePositions, type Teacher } from '@factornet/factorizer';
import { dispose, type Tensor, tidy } from '@tensorflow/tfjs';

/** z, and the teacher's taps averaged over positions, of every picture. */
export async function collectFeatures(
  common: CommonNetwork,
  teacher: Teacher,
  data: Dataset,
): Promise<{ z: FeatureMatrix; taps: FeatureMatrix }> {
  const columns = new ColumnStore(data.size);
  await eachBatch(data, {}, async ({ images, start }) => {
    const answers = await askTeacher(teacher, [averagePositions], images);
    const outputs = tidy(() => {
      const found = common.network.predictOnBatch(normalizeImages(images, common.description.input));
      const taps = Object.entries(answers.readings[0] ?? {});
      return {
        // Maps come after z.
        z: Array.isArray(found) ? (found[0] as Tensor) : found,
        ...Object.fromEntries(taps.map(([tap, features]) => [`taps/${tap}`, features.clone()])),
      };
    });
    dispose(answers);
    await columns.take(start, outputs);
  });
  return { z: columns.matrix('z'), taps: columns.joined('taps/') };
}
