import { featureMatrix } from '@factornet/core/samples';
import type { FixedRepresentation } from '../representation';

/** 240 examples of two factors (4 and 6 values, full grid) and four codes, whose scores are known to ten digits. */
export function deterministicFixture(): FixedRepresentation {
  const numbers = Array.from({ length: 240 }, (_, n) => n);
  const factors = numbers.map((n) => [n % 4, Math.floor(n / 4) % 6] as const);
  return {
    factors: featureMatrix(factors),
    codes: featureMatrix(
      factors.map(([a, b], n) => [a + 0.01 * Math.sin(n), b, a + b, Math.sin(7 * n)] as const),
    ),
  };
}
