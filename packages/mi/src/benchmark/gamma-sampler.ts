import type { RandomStream } from '@factornet/core/training';

/**
 * A draw from the gamma distribution of this shape and scale 1, by rejection (Marsaglia and Tsang, ACM Transactions on
 * Mathematical Software 26, 2000).
 */
export function gammaVariate(random: RandomStream, shape: number): number {
  // Below 1, Γ(a) is Γ(a + 1) times a power of a uniform one.
  if (shape < 1) return gammaVariate(random, shape + 1) * (1 - random.uniform()) ** (1 / shape);
  const d = shape - 1 / 3;
  const c = 1 / Math.sqrt(9 * d);
  for (;;) {
    const normal = random.normal();
    const cube = (1 + c * normal) ** 3;
    if (cube <= 0) continue;
    const logUniform = Math.log(1 - random.uniform());
    if (logUniform < normal ** 2 / 2 + d * (1 - cube + Math.log(cube))) return d * cube;
  }
}
