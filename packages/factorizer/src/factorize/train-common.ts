import type { CommonNetwork } from '@factornet/core';
import { diagnoseRun } from '../diagnosis/diagnose-run';
import type { Finding } from '../diagnosis/finding';
import { createCommonPart, frozenCommonPart, offering } from '../networks/common-part';
import type { ObjectiveTerm } from '../objective/objective-term';
import type { EpochRecord } from '../training/progress';
import { descriptionOfCommon, provenanceOf } from './descriptions';
import type { FactorizeRequest } from './factorize-request';
import { isStop } from './is-stop';
import { nameNetwork } from './name-network';
import { trainNetworks } from './train-networks';

/**
 * Trains a common network by itself: z, standardised, and all maps of its backbone, of which those that factors may read
 * become outputs of what is kept.
 *
 * @param maps names of those
 * @param onStopped given what there is at the last good weights
 */
export async function trainCommon(
  { given, options, tasks, inputs, teacher, commonObjective }: FactorizeRequest,
  maps: readonly string[],
  onStopped: (partial: CommonNetwork) => void,
): Promise<{
  common: CommonNetwork;
  history: readonly EpochRecord[];
  findings: readonly Finding[];
}> {
  const { input } = teacher;
  const { seed } = options;
  const whole = createCommonPart(given.common, {
    ...{ input, seed, standardise: true },
    maps: given.common.maps.map(({ name }) => name),
  });
  const finish = async (terms: readonly ObjectiveTerm[]): Promise<CommonNetwork> => {
    const provenance = provenanceOf({ teacher, data: given.data.name, terms, seed });
    const kept = offering(whole, maps);
    const description = await descriptionOfCommon(kept, given.common, input, provenance);
    return { kind: 'common', description, network: kept.network };
  };
  try {
    const { history, terms } = await trainNetworks({
      ...{ operation: 'train common network', inputs, input, common: whole, tasks, factors: [] },
      objective: commonObjective,
      options: nameNetwork(options, 'common'),
      checkpoint: given.checkpoint?.('common'),
    });
    const common = await finish(terms);
    const run = { common: frozenCommonPart(common), factors: [], history, terms, data: inputs.data, options };
    return { common, history, findings: await diagnoseRun(run) };
  } catch (error) {
    if (given.onStopped !== undefined && isStop(error)) onStopped(await finish(commonObjective));
    else whole.network.dispose();
    throw error;
  }
}
