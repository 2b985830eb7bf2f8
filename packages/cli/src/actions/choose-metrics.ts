import { disentanglementMetrics, type Metric } from '@factornet/metrics';
import { InvalidOptionError } from '@factornet/spec';

/**
 * The metrics of these names, in the order in which they are named; the start of several names stands for all of them,
 * as `sap` does for `sap-discrete` and `sap-continuous`.
 *
 * @throws InvalidOptionError that lists the names that there are
 */
export function chooseMetrics(
  names: readonly string[],
  known: readonly Metric[] = disentanglementMetrics(),
): readonly Metric[] {
  const chosen = names.flatMap((asked) => {
    const name = asked.toLowerCase().replaceAll('_', '-');
    const exact = known.filter((metric) => metric.name === name);
    const found = exact.length > 0 ? exact : known.filter((metric) => metric.name.startsWith(`${name}-`));
    if (found.length > 0) return found;
    const expected = `among ${known.map((metric) => metric.name).join(', ')}`;
    throw new InvalidOptionError({ option: '--metric', expected, received: asked });
  });
  return [...new Set(chosen)];
}
