import { describe, expect, it } from 'vitest';
import { commonObjective } from './common-objective';
import { factorObjective } from './factor-objective';

const told = (terms: ReturnType<typeof commonObjective>) =>
  terms.map(({ name, sense, weight, settings }) => ({ name, sense, weight, settings }));

describe('commonObjective', () => {
  it('is the recipe: in nats per dimension twice the weights that it gives to mean squared errors', () => {
    expect(told(commonObjective())).toEqual([
      {
        name: 'common-distillation',
        sense: 'minimise',
        weight: 1,
        settings: { transferWeight: 1, temperature: 10, balanced: true },
      },
      // 7.5 · MSE, the mean over taps.
      {
        name: 'common-information',
        sense: 'maximise',
        weight: 15,
        settings: { bound: 'gaussianRegression' },
      },
      // 2.5 · the sum over two pairs.
      {
        name: 'map-information',
        sense: 'maximise',
        weight: 10,
        settings: { bound: 'gaussianRegression', positions: 4, pairs: 2 },
      },
    ]);
    expect(commonObjective({ alpha: 1, mapWeight: 2 }).map(({ weight }) => weight)).toEqual([1, 1, 2]);
  });
});

describe('factorObjective', () => {
  it('is the recipe: labels and soft answers of the same weight, for the head and for the code by itself', () => {
    const terms = told(factorObjective({ beta: 0.3 }));
    expect(terms.map(({ name, weight }) => [name, weight])).toEqual([
      ['supervision', 1],
      ['transfer', 1],
      ['task-information', 1],
      ['bottleneck', 0.3],
    ]);
    expect(terms[1]?.settings).toEqual({ temperature: 10, outputTemperature: 1 });
    expect(terms[2]?.settings).toMatchObject({ transferWeight: 1, temperature: 10 });
    expect(terms[3]?.settings).toMatchObject({ floor: 1 });
    expect(told(factorObjective({ floor: 0 }))[3]?.settings).toMatchObject({ floor: 0 });
    const controlled = told(factorObjective({ rate: 1.5, warmUp: 0.2 }))[3];
    expect(controlled).toMatchObject({
      name: 'rate-target',
      settings: { rate: 1.5, start: 0.15, warmUp: 0.2 },
    });
  });
});
