import type { CommonNetwork, FactorNetwork } from '@factornet/core';
import { InvalidOptionError } from '@factornet/spec';
import type { Backbone } from '@factornet/zoo';
import { nearestWidth } from './nearest-width';
import { createPlainNetwork, disposePlainNetwork, type PlainNetworkRequest } from './plain-network';

/** What baselines may have for a comparison at equal parameters: numbers of weights. */
export interface EqualParameters {
  /** A shared trunk with all heads: as many as the whole factorization, the common network and every factor. */
  readonly sharedTrunk: number;
  /** A student of one task: as many as what predicts this task, the common network and its factor. */
  readonly students: Readonly<Record<string, number>>;
}

/** What equal parameters means for a factorization. */
export function equalParameters(
  common: Pick<CommonNetwork, 'description'>,
  factors: Readonly<Record<string, Pick<FactorNetwork, 'description'>>>,
): EqualParameters {
  const shared = common.description.parameters;
  const own = Object.values(factors).map(
    ({ description: { task, parameters } }) => [task.name, parameters] as const,
  );
  return {
    sharedTrunk: own.reduce((sum, [, parameters]) => sum + parameters, shared),
    students: Object.fromEntries(own.map(([task, parameters]) => [task, shared + parameters])),
  };
}

/**
 * The backbone with the width at which it has, with a linear head per task, as nearly as possible so many parameters.
 *
 * @throws InvalidOptionError for a backbone that cannot be widened
 */
export function widenTo(
  parameters: number,
  { backbone, ...request }: Omit<PlainNetworkRequest, 'seed' | 'name'>,
): Backbone {
  if (backbone.widened === undefined) {
    throw new InvalidOptionError(
      { option: 'backbone', expected: 'one that can be widened', received: backbone.name },
      { hint: 'Give it `widened(factor)`, or a backbone of the right size, without `parameters`.' },
    );
  }
  const widened = (factor: number) => backbone.widened?.(factor) as Backbone;
  const parametersAt = (factor: number) => {
    const network = createPlainNetwork({ ...request, backbone: widened(factor), seed: 0, name: 'count' });
    disposePlainNetwork(network);
    return network.parameters;
  };
  return widened(nearestWidth(parametersAt, parameters));
}
