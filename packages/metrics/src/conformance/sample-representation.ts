import { at, type FeatureMatrix } from '@factornet/core/samples';
import { randomStream } from '@factornet/core/training';
import type { FixedRepresentation } from '../representation';

/** Two factors, of 3 and 4 values; four codes: each factor with noise, both in one, and noise. */
export function sampleRepresentation(rows: number): FixedRepresentation {
  const stream = randomStream(5, 'metric-suite');
  const factors = new Float64Array(rows * 2);
  const codes = new Float64Array(rows * 4);
  for (let row = 0; row < rows; row++) {
    const [a, b] = [stream.integer(3), stream.integer(4)];
    factors.set([a, b], row * 2);
    codes.set(
      [
        a + 0.2 * stream.normal(),
        0.5 * b + 0.1 * stream.normal(),
        a - b + 0.3 * stream.normal(),
        stream.normal(),
      ],
      row * 4,
    );
  }
  return {
    codes: { rows, columns: 4, data: codes },
    factors: { rows, columns: 2, data: factors },
  };
}

/** Three codes that tell two factors exactly. */
export function encodeClean(factors: FeatureMatrix): FeatureMatrix {
  const { rows } = factors;
  const codes = new Float64Array(rows * 3);
  for (let row = 0; row < rows; row++) {
    const [a, b] = [at(factors, row, 0), at(factors, row, 1)];
    codes.set([a, -b, a + 0.3 * b], row * 3);
  }
  return { rows, columns: 3, data: codes };
}
