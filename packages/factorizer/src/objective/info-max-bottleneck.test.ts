import { InvalidOptionError } from '@factornet/spec';
import { describe, expect, it } from 'vitest';
import { infoMaxBottleneck } from './info-max-bottleneck';

describe('infoMaxBottleneck', () => {
  it('lists every term once, with alpha and beta where they belong', () => {
    const terms = infoMaxBottleneck({ alpha: 0.7, beta: 0.9 });
    expect(terms.map(({ name, weight, sense }) => [name, weight, sense])).toEqual([
      ['supervision', 1, 'minimise'],
      ['transfer', 0.1, 'minimise'],
      ['common-information', 0.7, 'maximise'],
      ['task-information', 1, 'maximise'],
      ['bottleneck', 0.9, 'minimise'],
    ]);
  });

  it('controls the rate of the codes as it is told', () => {
    const last = (options: Parameters<typeof infoMaxBottleneck>[0]) => infoMaxBottleneck(options).at(-1);
    expect(last({ floor: 1 })?.settings).toMatchObject({ floor: 1 });
    expect(last({ rate: 2, beta: 0.3, warmUp: 0.4 })).toMatchObject({
      name: 'rate-target',
      weight: 1,
      settings: { rate: 2, start: 0.3, warmUp: 0.4 },
    });
    expect(() => infoMaxBottleneck({ rate: 1, floor: 1 })).toThrow(InvalidOptionError);
  });
});
