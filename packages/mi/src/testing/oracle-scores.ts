import { numberAt } from '@factornet/core/samples';
import { randomStream } from '@factornet/core/training';

export interface OracleScores {
  /** Row by row, `log p(x_i, y_j)/(p(x_i) p(y_j))`. */
  readonly logRatios: Float32Array;
  /** Row by row, `log p(y_j|x_i)`. */
  readonly logLikelihoods: Float32Array;
}

/** ρ of each of `dimensions` independent pairs of Gaussians that share `nats` in all: `I = −(d/2) log(1 − ρ²)`. */
export function correlationOf(nats: number, dimensions: number): number {
  return Math.sqrt(-Math.expm1((-2 * nats) / dimensions));
}

/**
 * What a critic that knows everything says of a batch of x ~ N(0, I), y = ρx + √(1−ρ²)ε:
 * `log p(x,y)/(p(x)p(y)) = I − [ρ²(‖x‖² + ‖y‖²) − 2ρ x·y] / (2(1−ρ²))`.
 */
export function oracleScores(
  nats: number,
  { batch, dimensions, key }: { batch: number; dimensions: number; key: number },
): OracleScores {
  const correlation = correlationOf(nats, dimensions);
  const variance = 1 - correlation ** 2;
  const random = randomStream(11, 'gaussians', nats, key);
  const x = Float64Array.from(random.normals(batch * dimensions));
  const y = Float64Array.from(random.normals(batch * dimensions)).map(
    (noise, k) => correlation * numberAt(x, k) + Math.sqrt(variance) * noise,
  );
  const dot = (left: Float64Array, i: number, right: Float64Array, j: number) => {
    let sum = 0;
    for (let d = 0; d < dimensions; d++) {
      sum += numberAt(left, i * dimensions + d) * numberAt(right, j * dimensions + d);
    }
    return sum;
  };
  const squares = (points: Float64Array) =>
    Float64Array.from({ length: batch }, (_, i) => dot(points, i, points, i));
  const [xx, yy] = [squares(x), squares(y)];
  const logRatios = new Float32Array(batch * batch);
  const logLikelihoods = new Float32Array(batch * batch);
  for (let i = 0; i < batch; i++) {
    for (let j = 0; j < batch; j++) {
      const norms = numberAt(xx, i) + numberAt(yy, j);
      const distance = correlation ** 2 * norms - 2 * correlation * dot(x, i, y, j);
      const logRatio = nats - distance / (2 * variance);
      logRatios[i * batch + j] = logRatio;
      logLikelihoods[i * batch + j] =
        logRatio - numberAt(yy, j) / 2 - (dimensions / 2) * Math.log(2 * Math.PI);
    }
  }
  return { logRatios, logLikelihoods };
}
