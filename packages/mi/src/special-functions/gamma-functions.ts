import { InvalidOptionError } from '@factornet/spec';

/** From here on the asymptotic series below are exact to rounding; smaller arguments are brought here. */
const ASYMPTOTIC_FROM = 10;

/** B_2n / 2n for n = 1 … 7: the coefficients of x^(−2n) in ψ(x) − log x + 1/(2x), with their sign turned. */
const DIGAMMA_SERIES = [1 / 12, -1 / 120, 1 / 252, -1 / 240, 1 / 132, -691 / 32_760, 1 / 12];

/** B_2n / (2n(2n − 1)) for n = 1 … 7: the coefficients of x^(1 − 2n) in Stirling's series. */
const STIRLING_SERIES = [
  1 / 12,
  -1 / 360,
  1 / 1260,
  -1 / 1680,
  1 / 1188,
  -691 / 360_360,
  1 / 156,
  -3617 / 122_400,
];

/**
 * The digamma function `ψ(x) = d/dx log Γ(x)` for `x > 0`, to about 14 digits: the recurrence
 * `ψ(x) = ψ(x + 1) − 1/x` up to 10, then the asymptotic series (Abramowitz and Stegun 6.3.18).
 *
 * @throws InvalidOptionError unless `x` is a finite number above 0
 *
 * @example
 * digamma(1); // −0.5772156649…, minus the Euler–Mascheroni constant
 */
export function digamma(x: number): number {
  checkPositive(x);
  let [shifted, below] = [x, 0];
  for (; shifted < ASYMPTOTIC_FROM; shifted++) below += 1 / shifted;
  const inverseSquare = 1 / (shifted * shifted);
  let series = 0;
  for (const coefficient of DIGAMMA_SERIES.toReversed()) series = (series + coefficient) * inverseSquare;
  return Math.log(shifted) - 0.5 / shifted - series - below;
}

/**
 * The logarithm of the gamma function, `log Γ(x)` for `x > 0`, with an error below 1e-13 or 1e-15 of the value: the
 * recurrence `Γ(x) = Γ(x + 1) / x` up to 10, then Stirling's series (Abramowitz and Stegun 6.1.41).
 *
 * @throws InvalidOptionError unless `x` is a finite number above 0
 *
 * @example
 * logGamma(5); // log 24
 */
export function logGamma(x: number): number {
  checkPositive(x);
  let [shifted, product] = [x, 1];
  for (; shifted < ASYMPTOTIC_FROM; shifted++) product *= shifted;
  const inverseSquare = 1 / (shifted * shifted);
  let series = 0;
  for (const coefficient of STIRLING_SERIES.toReversed()) series = series * inverseSquare + coefficient;
  const stirling = (shifted - 0.5) * Math.log(shifted) - shifted + 0.5 * Math.log(2 * Math.PI);
  return stirling + series / shifted - Math.log(product);
}

/** `ψ(1), …, ψ(largest)` at the positions 1 … largest; position 0 is unused. */
export function digammaTable(largest: number): Float64Array {
  return Float64Array.from({ length: largest + 1 }, (_, n) => (n === 0 ? Number.NaN : digamma(n)));
}

function checkPositive(x: number): void {
  if (x > 0 && Number.isFinite(x)) return;
  throw new InvalidOptionError({ option: 'x', expected: 'a finite number above 0', received: x });
}
