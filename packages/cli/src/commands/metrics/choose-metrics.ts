import {
  blockDCI,
  blockMIG,
  blockModularity,
  blockSAP,
  disentanglementMetrics,
  type Metric,
} from '@factornet/metrics';
import { InvalidOptionError } from '@factornet/spec';
import type { NamedBlocks } from './code-blocks';

/** Every metric there is for these arrays: those of single codes, and those of blocks of codes where these are told. */
export function knownMetrics(blocks?: NamedBlocks): readonly Metric[] {
  if (blocks === undefined) return disentanglementMetrics();
  const ofBlocks = [blockMIG, blockSAP, blockDCI, blockModularity].map((create) => create({ blocks }));
  return [...disentanglementMetrics(), ...ofBlocks];
}

/**
 * The metrics of these names, in the order in which they are named; the start of several names stands for all of them,
 * as `sap` does for `sap-discrete` and `sap-continuous`.
 *
 * @throws InvalidOptionError that lists the names that there are
 */
export function chooseMetrics(names: readonly string[], known: readonly Metric[]): readonly Metric[] {
  const chosen = names.flatMap((asked) => {
    const name = asked.toLowerCase().replaceAll('_', '-');
    const exact = known.filter((metric) => metric.name === name);
    const found = exact.length > 0 ? exact : known.filter((metric) => metric.name.startsWith(`${name}-`));
    if (found.length > 0) return found;
    const hint = 'Metrics of blocks are there with --blocks z=0-15,shape=16-19.';
    throw new InvalidOptionError(
      {
        option: '--metric',
        expected: `among ${known.map((metric) => metric.name).join(', ')}`,
        received: asked,
      },
      name.startsWith('block') ? { hint } : {},
    );
  });
  return [...new Set(chosen)];
}
