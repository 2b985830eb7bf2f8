import { expect, test } from 'vitest';
import type { Work } from '../../context';
import { plugIn } from '../../options/plug-in-list';
import { type FactorFlags, trainingOptions } from './factor-flags';

const given = (flags: Partial<FactorFlags>) =>
  trainingOptions({ stages: 'separate', pooling: 'flatten', seed: 0, ...flags } as FactorFlags, {} as Work);
const termsOf = (flags: Partial<FactorFlags>) =>
  given(flags).objective.map(({ name, weight, settings }) => ({ name, weight, settings }));

test('hands on how the rate of a gaussian code is held in check', () => {
  const code = plugIn('gaussian', '');
  expect(termsOf({ code, beta: 0.3, floor: 0.5 })).toContainEqual(
    expect.objectContaining({
      name: 'bottleneck',
      weight: 0.3,
      settings: expect.objectContaining({ floor: 0.5 }),
    }),
  );
  const [rate] = termsOf({ stages: 'together', rate: 0.8, beta: 0.2 }).filter(
    ({ name }) => name === 'rate-target',
  );
  expect(rate?.settings).toMatchObject({ rate: 0.8, start: 0.2 });
  expect(termsOf({ code, warmUp: 0.25 })).toContainEqual(
    expect.objectContaining({ settings: expect.objectContaining({ warmUp: 0.25 }) }),
  );
});

test.each([
  ['--beta', { beta: 0.3 }],
  ['--floor', { floor: 1 }],
  ['--rate', { rate: 1 }],
  ['--warm-up', { warmUp: 0.1 }],
])('refuses %s where no code is pressed on', (option, flags) => {
  expect(() => given(flags)).toThrow(new RegExp(`${option} must be given with --code gaussian`));
});

test('says nothing of what is not asked for, but that none means no hidden layer', () => {
  expect(given({})).not.toHaveProperty('hidden');
  expect(given({ hidden: [] }).hidden).toEqual([]);
});
