import type { FactorNetwork } from '@factornet/core';
import type { Factorization } from '../factorize/factorization';
import { fitJointTemperatures, type JointTemperatureRequest } from './fit-joint-temperatures';

/**
 * A factorization whose factors state the temperature of their label space, wherever several of them tell one together.
 *
 * @throws CancelledError on `signal`
 */
export async function withTemperatures(
  made: Factorization,
  request: Omit<JointTemperatureRequest, 'common' | 'factors'>,
): Promise<Factorization> {
  const { common } = made;
  const temperatures = await fitJointTemperatures({
    ...request,
    common,
    factors: Object.values(made.factors),
  });
  const factors = Object.entries(made.factors).map(([task, factor]): [string, FactorNetwork] => {
    const { description } = factor;
    const temperature = temperatures.get(description.task.labelSpace?.name ?? '');
    // A factor without a scale has no part in it.
    if (temperature === undefined || description.logitScale === undefined) return [task, factor];
    return [task, { ...factor, description: { ...description, temperature } }];
  });
  return { ...made, factors: Object.fromEntries(factors) };
}
