import { evaluateFeatures, evaluateLogits, type ProbeValues } from '@factornet/core/probes';
import { yieldToEventLoop } from '@factornet/core/training';
import { type CommonManifest, type FactorManifest, RefusedPackageError } from '@factornet/spec';
import type { LayersModel } from '@tensorflow/tfjs';
import type { PackedModels } from '../models/inspect-models';

/** How long golden probes may take, and who is told how far they are. */
export interface ProbeBudget {
  /** Seconds for all of them; no picture is begun after that. */
  readonly seconds: number;
  /** Told after every picture. */
  readonly onProgress?: ((done: number, total: number) => void) | undefined;
  /** Milliseconds; for tests. */
  readonly now?: () => number;
}

/**
 * What the networks of a package make of its golden pictures, one by one: features `[count, features]`, or logits
 * `[count, classes]`.
 *
 * @param source `name@version`, for messages
 * @throws RefusedPackageError (`size`) if they take too long
 * @throws NonFiniteOutputError
 */
export async function evaluateWithin(
  manifest: CommonManifest | FactorManifest,
  models: PackedModels,
  { count, pictures, features }: ProbeValues,
  source: string,
  { seconds, onProgress, now = () => performance.now() }: ProbeBudget,
): Promise<Float32Array> {
  const started = now();
  const rows: Float32Array[] = [];
  const [size, length] = [pictures.length / count, features.length / count];
  for (let index = 0; index < count; index++) {
    if (now() - started > 1000 * seconds) {
      const found = `${index} of its ${count} golden probes took longer than the ${seconds} s that all may take`;
      const hint = 'If it is to be trusted: factornet verify --probe-seconds 600, or another --backend.';
      throw new RefusedPackageError({ source, rule: 'size', found }, { hint });
    }
    const picture = pictures.subarray(index * size, (index + 1) * size);
    rows.push(
      manifest.kind === 'common'
        ? await evaluateFeatures(models.common?.network as LayersModel, manifest.input, picture, source)
        : await evaluateLogits(
            {
              specific: models.specific?.network as LayersModel,
              head: models.head?.network as LayersModel,
            },
            manifest.probes.input,
            picture,
            features.slice(index * length, (index + 1) * length),
            source,
          ),
    );
    onProgress?.(index + 1, count);
    await yieldToEventLoop();
  }
  return Float32Array.from(rows.flatMap((row) => [...row]));
}
