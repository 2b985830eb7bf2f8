import type { ProbeValues } from '@factornet/core/probes';
import { yieldToEventLoop } from '@factornet/core/training';
import { RefusedPackageError } from '@factornet/spec';

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
 * What the networks of a package make of its golden pictures, one by one.
 *
 * @param evaluate features `[1, features]` of a picture, or logits `[1, classes]` of it and the features that go with it
 * @param source `name@version`, for messages
 * @throws RefusedPackageError (`size`) if they take too long
 * @throws NonFiniteOutputError
 */
export async function evaluateWithin(
  evaluate: (picture: Uint8Array, features: Float32Array) => Promise<Float32Array>,
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
    rows.push(await evaluate(picture, features.slice(index * length, (index + 1) * length)));
    onProgress?.(index + 1, count);
    await yieldToEventLoop();
  }
  return Float32Array.from(rows.flatMap((row) => [...row]));
}
