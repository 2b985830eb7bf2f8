import { adam, adamW, type Optimizer, onlyKernels, sgd } from '@factornet/core/training';
import {
  createPlugIn,
  oneOf,
  type ParameterKind,
  type PlugInKind,
  plugInKind,
  trueOrFalse,
} from '../options/plug-in-table';
import type { TrainingFlags } from '../options/training-flags';

const share: ParameterKind<number> = {
  expected: 'a number from 0, below 1',
  parse: (text) => (Number(text) >= 0 && Number(text) < 1 ? Number(text) : undefined),
};
const fromZero: ParameterKind<number> = {
  expected: 'a number from 0',
  parse: (text) => (Number(text) >= 0 && Number.isFinite(Number(text)) ? Number(text) : undefined),
};
const moments = { beta1: share, beta2: share, epsilon: fromZero };
const decay = { weightDecay: fromZero, decays: oneOf('all', 'kernels') };
const spared = (decays?: 'all' | 'kernels') => (decays === 'kernels' ? { decays: onlyKernels } : {});

/** By the names that `--optimizer` takes: what makes one at a learning rate. */
const optimizerKinds: Readonly<Record<string, PlugInKind<(learningRate: number) => Optimizer>>> = {
  adam: plugInKind([], moments, (values) => (learningRate) => adam({ learningRate, ...values })),
  adamW: plugInKind([], { ...moments, ...decay }, ({ decays, ...values }) => (learningRate) => {
    return adamW({ learningRate, ...values, ...spared(decays) });
  }),
  sgd: plugInKind(
    [],
    { momentum: share, nesterov: trueOrFalse, ...decay },
    ({ decays, ...values }) =>
      (learningRate) =>
        sgd({ learningRate, ...values, ...spared(decays) }),
  ),
};

/**
 * The optimizer that was asked for.
 *
 * @throws InvalidOptionError that lists the names or parameters that there are
 */
export function createOptimizer({
  optimizer = { name: 'adam', parameters: {}, text: 'adam' },
  learningRate = 2e-3,
}: Pick<TrainingFlags, 'optimizer' | 'learningRate'>): Optimizer {
  return createPlugIn('--optimizer', optimizerKinds, optimizer).plugIn(learningRate);
}
