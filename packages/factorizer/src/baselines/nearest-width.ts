/** How often a width is doubled or halved to begin with, and how often what lies between is cut in two. */
const [DOUBLINGS, BISECTIONS] = [12, 16];

/**
 * The factor on every width at which a network's parameters are nearest to `wanted`, by bisection: they grow with the
 * factor, in steps, since channels are whole.
 *
 * @param parametersAt what a network has at a factor
 */
export function nearestWidth(parametersAt: (factor: number) => number, wanted: number): number {
  let best = { factor: 1, miss: Number.POSITIVE_INFINITY };
  const isBelow = (factor: number) => {
    const parameters = parametersAt(factor);
    const miss = Math.abs(parameters - wanted);
    if (miss < best.miss) best = { factor, miss };
    return parameters < wanted;
  };
  const below = isBelow(1);
  let [low, high] = [1, 1];
  for (let step = 0; step < DOUBLINGS; step++) {
    const next = below ? high * 2 : low / 2;
    [low, high] = below ? [high, next] : [next, low];
    if (isBelow(next) !== below) break;
  }
  for (let step = 0; step < BISECTIONS && best.miss > 0; step++) {
    const middle = (low + high) / 2;
    if (isBelow(middle)) low = middle;
    else high = middle;
  }
  return best.factor;
}
