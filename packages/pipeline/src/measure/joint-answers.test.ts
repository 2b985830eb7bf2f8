import type { FactorNetwork } from '@factornet/core';
import { expectCloseArrays } from '@factornet/core/testing';
import { describe, expect, it } from 'vitest';
import { jointAnswersOf } from './joint-answers';

const classes = ['cat', 'ship', 'dog', 'car'];

function factor(name: string, own: readonly string[], more: { logitScale?: number; temperature?: number }) {
  const indices = own.map((each) => classes.indexOf(each));
  const task = {
    name,
    type: 'classification',
    classes: own,
    labelSpace: { name: 'things', classes, indices },
  };
  return { description: { task, ...more } } as unknown as FactorNetwork;
}
const plain = {
  description: { task: { name: 'size', type: 'classification', classes: ['a', 'b'] } },
} as unknown as FactorNetwork;

describe('jointAnswersOf', () => {
  it('is the softmax of scaled logits, divided by the temperature, in the order of the label space', () => {
    const animals = factor('animals', ['dog', 'cat'], { logitScale: 2, temperature: 4 });
    const vehicles = factor('vehicles', ['car', 'ship'], { logitScale: 3, temperature: 4 });
    const logits = {
      animals: Float32Array.of(1, 2, 0, 0),
      size: Float32Array.of(5, 5, 5, 5),
      vehicles: Float32Array.of(3, 4, 0, 1),
    };
    const [answers, ...others] = jointAnswersOf([animals, plain, vehicles], logits);
    expect(others).toEqual([]);
    expect(answers).toMatchObject({ labelSpace: 'things', indices: [0, 1, 2, 3], temperature: 4 });
    const softmax = (...row: number[]) => {
      const powers = row.map(Math.exp);
      const total = powers.reduce((sum, power) => sum + power, 0);
      return powers.map((power) => power / total);
    };
    const expected = [...softmax(1, 3, 0.5, 9 / 4), ...softmax(0, 3 / 4, 0, 0)];
    expectCloseArrays(Float32Array.from(answers?.probabilities ?? []), expected, { absolute: 1e-6 });
  });

  it('says nothing where there is one factor alone, or two that do not compare', () => {
    const logits = { animals: Float32Array.of(1, 2), pets: Float32Array.of(1, 2) };
    const animals = factor('animals', ['dog', 'cat'], { logitScale: 2 });
    expect(jointAnswersOf([animals, plain], logits)).toEqual([]);
    expect(jointAnswersOf([animals, factor('pets', ['ship', 'car'], {})], logits)).toEqual([]);
    expect(jointAnswersOf([animals, factor('pets', ['cat', 'car'], { logitScale: 1 })], logits)).toEqual([]);
  });
});
