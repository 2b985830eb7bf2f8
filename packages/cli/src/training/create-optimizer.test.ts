import { onlyKernels } from '@factornet/core/training';
import { Command } from 'commander';
import { expect, test } from 'vitest';
import { addTrainingOptions, type TrainingFlags } from '../options/training-flags';
import { createOptimizer } from './create-optimizer';

function create(...argv: string[]) {
  const command = addTrainingOptions(new Command('train').exitOverride().configureOutput({ writeErr() {} }), {
    features: '',
    tap: '',
    usual: { features: '', epochs: '', batchSize: '', learningRate: '', optimizer: '' },
  });
  const { create: _, ...told } = createOptimizer(command.parse(argv, { from: 'user' }).opts<TrainingFlags>());
  return told;
}

test('without one it is Adam, at the learning rate that was given', () => {
  expect(create()).toEqual({ name: 'adam', learningRate: 2e-3, settings: {} });
  expect(create('--optimizer', 'adam:beta1=0.8', '--learning-rate', '0.1')).toEqual({
    name: 'adam',
    learningRate: 0.1,
    settings: { beta1: 0.8 },
  });
});

test('takes the name and the options of each', () => {
  expect(create('--optimizer', 'adamw:weight-decay=0.02,decays=kernels')).toMatchObject({
    name: 'adamW',
    settings: { weightDecay: 0.02, decays: onlyKernels.name },
  });
  expect(create('--optimizer', 'sgd:momentum=0.9,nesterov=true,weightDecay=1e-4,decays=all')).toMatchObject({
    name: 'sgd',
    settings: { momentum: 0.9, nesterov: true, weightDecay: 1e-4, decays: undefined },
  });
});

test('refuses what there is not', () => {
  expect(() => create('--optimizer', 'rmsprop')).toThrow(/among adam, adamW, sgd/);
  expect(() => create('--optimizer', 'sgd:beta1=0.9')).toThrow(/momentum, nesterov, weightDecay, decays/);
  expect(() => create('--optimizer', 'sgd:momentum=1')).toThrow(/from 0, below 1/);
  expect(() => create('--optimizer', 'sgd:momentum')).toThrow(/such as sgd:momentum=0.9/);
});
