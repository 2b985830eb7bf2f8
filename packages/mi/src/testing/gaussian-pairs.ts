import { randomStream } from '@factornet/core/training';
import type { PairedSamples } from '../estimator';

/** x ~ N(0, I), y = ρx + √(1−ρ²)ε, with ρ such that I(x; y) = −(dimensions/2)·log(1 − ρ²) is `nats`. */
export function gaussianPairs(
  nats: number,
  { rows, dimensions = 1, key = '' }: { rows: number; dimensions?: number; key?: string | number },
): PairedSamples {
  const correlation = Math.sqrt(1 - Math.exp((-2 * nats) / dimensions));
  const noise = Math.sqrt(1 - correlation ** 2);
  const random = randomStream(17, 'gaussian pairs', nats, dimensions, key);
  const x = random.normals(rows * dimensions);
  const y = random
    .normals(rows * dimensions)
    .map((e, index) => correlation * (x[index] as number) + noise * e);
  return { x: { rows, columns: dimensions, data: x }, y: { rows, columns: dimensions, data: y } };
}
