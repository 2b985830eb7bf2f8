import { InvalidOptionError } from '@factornet/spec';

/*
 * Coefficients of rational approximations, highest power first. Those of erfc are W. J. Cody's (Mathematics of
 * Computation 23, 1969), those of the quantile M. J. Wichura's (algorithm AS 241, Applied Statistics 37, 1988).
 */
const ERF_SMALL = [
  [0.18577770618460315, 3.1611237438705655, 113.86415415105016, 377.485237685302, 3209.377589138469],
  [1, 23.601290952344122, 244.02463793444417, 1282.6165260773723, 2844.236833439171],
] as const;
const ERFC_MIDDLE = [
  [
    2.1531153547440383e-8, 0.5641884969886701, 8.883149794388375, 66.11919063714163, 298.6351381974001,
    881.952221241769, 1712.0476126340707, 2051.0783778260716, 1230.3393547979972,
  ],
  [
    1, 15.744926110709835, 117.6939508913125, 537.1811018620099, 1621.3895745666903, 3290.799235733459,
    4362.619090143247, 3439.3676741437216, 1230.3393548037495,
  ],
] as const;
const ERFC_LARGE = [
  [
    0.016315387137302097, 0.30532663496123236, 0.3603448999498044, 0.1257817261112292, 0.016083785148742275,
    0.0006587491615298378,
  ],
  [1, 2.568520192289822, 1.8729528499234673, 0.5279051029514285, 0.06051834131244132, 0.0023352049762686918],
] as const;
const QUANTILE_CENTRE = [
  [
    2509.0809287301227, 33430.57558358813, 67265.7709270087, 45921.95393154987, 13731.69376550946,
    1971.5909503065513, 133.14166789178438, 3.3871328727963665,
  ],
  [
    5226.495278852854, 28729.085735721943, 39307.89580009271, 21213.794301586597, 5394.196021424751,
    687.1870074920579, 42.31333070160091, 1,
  ],
] as const;
const QUANTILE_MIDDLE = [
  [
    0.0007745450142783414, 0.022723844989269184, 0.2417807251774506, 1.2704582524523684, 3.6478483247632045,
    5.769497221460691, 4.630337846156546, 1.4234371107496837,
  ],
  [
    1.0507500716444169e-9, 0.0005475938084995345, 0.015198666563616457, 0.14810397642748008, 0.6897673349851,
    1.6763848301838038, 2.053191626637759, 1,
  ],
] as const;
const QUANTILE_TAIL = [
  [
    2.0103343992922881e-7, 0.000027115555687434876, 0.0012426609473880784, 0.026532189526576124,
    0.29656057182850487, 1.7848265399172913, 5.463784911164114, 6.657904643501103,
  ],
  [
    2.0442631033899397e-15, 1.421511758316446e-7, 0.000018463183175100548, 0.0007868691311456133,
    0.014875361290850615, 0.1369298809227358, 0.599832206555888, 1,
  ],
] as const;

type Rational = readonly [readonly number[], readonly number[]];

function evaluate([numerator, denominator]: Rational, x: number): number {
  let [above, below] = [0, 0];
  for (const coefficient of numerator) above = above * x + coefficient;
  for (const coefficient of denominator) below = below * x + coefficient;
  return above / below;
}

/** `erfc(x)` of `x ≥ 0.46875`. */
function upperErfc(x: number): number {
  // Below the smallest number there is; and the differences that follow would be NaN at infinity.
  if (x > 28) return 0;
  // exp(−x²) in two factors: the square of a short number is exact.
  const short = Math.trunc(x * 16) / 16;
  const density = Math.exp(-short * short) * Math.exp(-(x - short) * (x + short));
  if (x <= 4) return density * evaluate(ERFC_MIDDLE, x);
  const inverseSquare = 1 / (x * x);
  const tail = inverseSquare * evaluate(ERFC_LARGE, inverseSquare);
  return (density * (1 / Math.sqrt(Math.PI) - tail)) / x;
}

/**
 * The distribution function of the standard normal, `Φ(x) = ½ erfc(−x / √2)`, to about 14 digits in both tails.
 *
 * @example
 * normalCdf(1.96); // 0.9750…
 */
export function normalCdf(x: number): number {
  const scaled = x * Math.SQRT1_2;
  const magnitude = Math.abs(scaled);
  if (magnitude <= 0.46875) return 0.5 + 0.5 * scaled * evaluate(ERF_SMALL, scaled * scaled);
  const tail = 0.5 * upperErfc(magnitude);
  return scaled < 0 ? tail : 1 - tail;
}

/**
 * The quantile of the standard normal, `Φ⁻¹(p)` for `0 < p < 1`, to about 15 digits.
 *
 * @throws InvalidOptionError unless `p` lies between 0 and 1
 *
 * @example
 * normalQuantile(0.975); // 1.9599…
 */
export function normalQuantile(p: number): number {
  if (!(p > 0 && p < 1)) {
    throw new InvalidOptionError({ option: 'p', expected: 'a number between 0 and 1', received: p });
  }
  const centred = p - 0.5;
  if (Math.abs(centred) <= 0.425) {
    return centred * evaluate(QUANTILE_CENTRE, 0.180625 - centred * centred);
  }
  const radius = Math.sqrt(-Math.log(Math.min(p, 1 - p)));
  const magnitude =
    radius <= 5 ? evaluate(QUANTILE_MIDDLE, radius - 1.6) : evaluate(QUANTILE_TAIL, radius - 5);
  return centred < 0 ? -magnitude : magnitude;
}
