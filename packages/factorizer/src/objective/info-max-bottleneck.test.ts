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
});
