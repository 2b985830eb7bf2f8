import type { FactorNetwork } from '@factornet/core';
import { expect, it } from 'vitest';
import { capacityGuarantees } from './capacity-guarantee';

const factor = (name: string, capacity: number | 'infinite') =>
  ({ description: { task: { name }, code: { capacity } } }) as FactorNetwork;
const labelEntropy = { shape: Math.log(5), hue: Math.log(8), size: Math.log(3) };

it('bounds every other task by the capacity and by what there is to tell, and by what the own task leaves', () => {
  const labels = { shape: { shape: 1.5, hue: 0.4 } };
  const { shape } = capacityGuarantees([factor('shape', Math.log(5))], { labels, labelEntropy });
  expect(shape).toEqual({
    capacity: Math.log(5),
    atMost: { hue: Math.log(5), size: Math.log(3) },
    left: Math.log(5) - 1.5,
  });
});

it('is never below 0, and takes a bound below 0 for 0', () => {
  const leftOf = (own: number) =>
    capacityGuarantees([factor('shape', 1)], { labels: { shape: { shape: own } }, labelEntropy }).shape?.left;
  expect([leftOf(1.2), leftOf(-0.1)]).toEqual([0, 1]);
});

it('guarantees nothing of a code without a capacity, and leaves nothing over where nothing was measured', () => {
  const found = capacityGuarantees([factor('shape', 'infinite'), factor('hue', 2)], {
    labels: {},
    labelEntropy,
  });
  expect(found.shape).toEqual({ capacity: 'infinite' });
  expect(found.hue).toEqual({ capacity: 2, atMost: { shape: Math.log(5), size: Math.log(3) } });
});
