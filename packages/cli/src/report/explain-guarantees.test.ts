import { expect, it } from 'vitest';
import { explainGuarantees } from './explain-guarantees';

it('says what holds of each code, and what does not', () => {
  const guarantees = {
    shape: { capacity: Math.log(5), atMost: { hue: Math.log(5) }, left: 0.064 },
    hue: { capacity: 2.5, atMost: { shape: Math.log(5) } },
    size: { capacity: 'infinite' },
  } as const;
  expect(explainGuarantees({ guarantees })).toEqual([
    'shape: capacity ln 5 = 1.61 nats, so at most so much of any other task, whatever reads it. Its own task takes so much of it that 0.06 are left, at most, for what is independent of it.',
    'hue: capacity 2.50 nats, so at most so much of any other task, whatever reads it.',
    'size: nothing bounds its code. Nothing is guaranteed, leakage is measured only.',
  ]);
});
