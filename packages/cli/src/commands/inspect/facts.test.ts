import type { FactorDescription } from '@factornet/spec';
import { expect, it } from 'vitest';
import { commonFacts, factorFacts } from './facts';

const measured = (value: number) => ({ value, standardError: 0.012 });
const description = (report: FactorDescription['report']): FactorDescription => ({
  task: { name: 'shape', type: 'classification', classes: ['circle', 'square'] },
  fusion: { type: 'concatenate' },
  reads: [{ from: 'picture', shape: [8, 8, 3], backbone: { name: 'convolutional', options: {} } }],
  code: { type: 'categorical', length: 2, capacity: Math.log(2), settings: { scale: 5 } },
  parameters: 100,
  representation: `sha512-${'a'.repeat(86)}==`,
  provenance: { data: 'shapes', objective: [], seed: 1, backend: 'wasm' },
  report,
});

it('tells what each probe read from the code, with its error, and what bounds all of them', () => {
  const probed = (probe: string, maximum: number) => ({
    ...{ probe, examples: 2000, tasks: { hue: measured(maximum) } },
    ...{ mean: measured(0.02), maximum: measured(maximum) },
  });
  const facts = Object.fromEntries(
    factorFacts(description({ leakage: [probed('linear', 0.03), probed('kernel', 0.25)] })),
  );
  expect(facts['leaks (linear probe)']).toBe(
    '0.02 ± 0.01 on average, 0.03 ± 0.01 at most, of 2,000 examples',
  );
  expect(facts['leaks (kernel probe)']).toBe(
    '0.02 ± 0.01 on average, 0.25 ± 0.01 at most, of 2,000 examples',
  );
  expect(facts.code).toBe('categorical of 2 numbers, capacity 0.69 nats');
});

it('leaves out what was not measured', () => {
  expect(factorFacts(description({})).map(([name]) => name)).not.toContain('leaks (kernel probe)');
});

it('tells what a network offers, and what a factor reads and makes of it', () => {
  const { provenance, representation, ...rest } = description({});
  const maps = Object.fromEntries(
    commonFacts({
      input: {
        shape: [8, 8, 3],
        layout: 'NHWC',
        normalization: { mean: [0, 0, 0], standardDeviation: [1, 1, 1] },
      },
      features: { shape: [6] },
      maps: [{ name: 'block-1', shape: [4, 4, 5] }],
      backbone: { name: 'convolutional', options: {} },
      parameters: 100,
      representation,
      provenance,
    }),
  );
  expect(maps['map block-1']).toBe('4 × 4 × 5');
  const factor: FactorDescription = {
    ...rest,
    reads: [
      { from: 'block-1', shape: [4, 4, 5], backbone: { name: 'convolutional', options: { filters: [3] } } },
      ...rest.reads,
    ],
    code: { type: 'deterministic', length: 2, capacity: 'infinite', settings: {} },
    representation,
    provenance,
  };
  const facts = factorFacts(factor);
  expect(facts.filter(([name]) => name.startsWith('reads'))).toEqual([
    ['reads block-1', 'convolutional {"filters":[3]}'],
    ['reads picture', 'convolutional {}'],
  ]);
  expect(Object.fromEntries(facts).code).toBe('deterministic of 2 numbers, capacity unlimited');
});
