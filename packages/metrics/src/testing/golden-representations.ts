import type { FeatureMatrix } from '@factornet/core/samples';
import { randomStream } from '@factornet/core/training';
import type { RepresentationSampler } from '../representation';

/** Numbers of values of the factors that every golden representation is about. */
export const GOLDEN_FACTOR_SIZES = [3, 6, 8, 8, 8] as const;

/** An orthogonal matrix without structure, rounded to four digits; a code is a row times the standardised factors. */
const ROTATION = [
  [-0.5794, 0.416, 0.0285, -0.1389, -0.6864],
  [0.1393, -0.7544, 0.1529, 0.1628, -0.6014],
  [0.7234, 0.4511, -0.2439, 0.2387, -0.3957],
  [0.3486, 0.0548, 0.4863, -0.7954, -0.0798],
  [-0.0026, -0.2266, -0.8245, -0.5144, -0.0652],
] as const;

const PERMUTATION = [3, 0, 4, 1, 2] as const;
const SCALES = [-1.7, 0.6, -0.9, 1.4, -2.3] as const;

/** Makes one example's codes from its factors, standardised (mean 0, variance 1) and as they are. */
type Encode = (z: readonly number[], factors: readonly number[], normal: () => number) => readonly number[];

const ENCODERS = {
  identity: (z) => z,
  permuted: (z, _, normal) => [
    ...PERMUTATION.map((from, to) => (SCALES[to] as number) * (z[from] as number)),
    ...Array.from({ length: 5 }, normal),
  ],
  'noise 0.1': (z, _, normal) => z.map((value) => value + 0.1 * normal()),
  'noise 0.5': (z, _, normal) => z.map((value) => value + 0.5 * normal()),
  exponential: (z) => z.map(Math.exp),
  duplicated: (z) => [...z, ...z],
  'rotated pairs': ([a = 0, b = 0, c = 0, d = 0, e = 0]) => {
    const half = Math.SQRT1_2;
    return [half * (a - b), half * (a + b), half * (c - d), half * (c + d), e];
  },
  rotated: (z) =>
    ROTATION.map((row) => row.reduce((sum, weight, factor) => sum + weight * (z[factor] as number), 0)),
  'two factors': (z) => z.slice(0, 2),
  packed: (z, [first = 0, second = 0]) => {
    // 18 values, standardised: both factors in one code, losslessly.
    return [(6 * first + second - 8.5) / Math.sqrt((18 ** 2 - 1) / 12), ...z.slice(2)];
  },
  'only noise': (_, __, normal) => Array.from({ length: 10 }, normal),
  constant: () => new Array<number>(5).fill(0.25),
} as const satisfies Record<string, Encode>;

export type GoldenRepresentation = keyof typeof ENCODERS;

/**
 * The representations whose scores by disentanglement_lib are known, as samplers: factors are standardised, then encoded.
 * Noise goes on from call to call, so that a new sampler is needed to see the same codes again.
 */
export function goldenRepresentation(name: GoldenRepresentation, seed = 0): RepresentationSampler {
  const encode: Encode = ENCODERS[name];
  const { normal } = randomStream(seed, 'golden-representation', name);
  return {
    factorSizes: GOLDEN_FACTOR_SIZES,
    encode(factors) {
      const rows = Array.from({ length: factors.rows }, (_, row) => {
        const values = [...factors.data.subarray(row * factors.columns, (row + 1) * factors.columns)];
        return encode(values.map(standardise), values, normal);
      });
      return matrixOf(rows);
    },
  };
}

function standardise(value: number, factor: number): number {
  const size = GOLDEN_FACTOR_SIZES[factor] as number;
  return (value - (size - 1) / 2) / Math.sqrt((size ** 2 - 1) / 12);
}

function matrixOf(rows: readonly (readonly number[])[]): FeatureMatrix {
  const columns = rows[0]?.length ?? 0;
  return { rows: rows.length, columns, data: Float64Array.from(rows.flat()) };
}
