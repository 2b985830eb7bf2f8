/**
 * Sine and cosine of an angle in [−π, π] from additions and multiplications alone, which IEEE 754 fixes to
 * the bit. `Math.sin` may differ in the last bit from one JavaScript engine to the next, and a picture's
 * bytes must not.
 */
export function sineAndCosine(radians: number): { sine: number; cosine: number } {
  // Taylor series; the first term left out is below 1e-11 at π.
  let sine = 0;
  let cosine = 0;
  let term = 1;
  for (let power = 0; power <= 23; power += 2) {
    const sign = power % 4 === 0 ? 1 : -1;
    cosine += sign * term;
    term = (term * radians) / (power + 1);
    sine += sign * term;
    term = (term * radians) / (power + 2);
  }
  return { sine, cosine };
}
