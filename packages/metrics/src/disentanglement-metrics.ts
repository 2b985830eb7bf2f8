import { betaVAE } from './disentanglement/beta-vae';
import { codeInformation } from './disentanglement/code-information';
import { dci } from './disentanglement/dci';
import { explicitness } from './disentanglement/explicitness';
import { factorVAE } from './disentanglement/factor-vae';
import { irs } from './disentanglement/irs';
import { mig, migOverCeiling } from './disentanglement/mig';
import { modularity } from './disentanglement/modularity';
import { sap } from './disentanglement/sap';
import { gaussianTotalCorrelation } from './disentanglement/total-correlation';
import { wassersteinCorrelation } from './disentanglement/wasserstein-correlation';
import type { Metric } from './metric';

/**
 * All metrics of disentanglement with their defaults, in a fixed order: those that look at factors, then those that look
 * at codes alone.
 *
 * @example
 * const quick = disentanglementMetrics().filter(({ name }) => name !== 'dci');
 */
export function disentanglementMetrics(): readonly Metric[] {
  return [
    mig(),
    migOverCeiling(),
    sap({ variant: 'discrete' }),
    sap({ variant: 'continuous' }),
    dci(),
    factorVAE(),
    betaVAE(),
    modularity(),
    explicitness(),
    irs(),
    gaussianTotalCorrelation(),
    wassersteinCorrelation(),
    wassersteinCorrelation({ normalised: true }),
    codeInformation(),
  ];
}
