import { InvalidArgumentError } from 'commander';
import { expect, test } from 'vitest';
import { fraction, group, integer, integerList, positive } from './parsers';

test('reads what is well formed', () => {
  expect(integer()('-3')).toBe(-3);
  expect(positive()('2e-3')).toBe(0.002);
  expect(positive({ zero: true })('0')).toBe(0);
  expect(fraction('0.2')).toBe(0.2);
  expect(integerList('16,32,64')).toEqual([16, 32, 64]);
  expect(group('animals=cat, dog', { vehicles: ['ship', 'truck'] })).toEqual({
    vehicles: ['ship', 'truck'],
    animals: ['cat', 'dog'],
  });
});

test('takes a name that every object has for what it is, not for a second use', () => {
  for (const name of ['constructor', '__proto__', 'toString']) {
    expect(Object.entries(group(`${name}=a,b`, { c: ['d'] }))).toEqual([
      ['c', ['d']],
      [name, ['a', 'b']],
    ]);
  }
});

test.each<[string, () => unknown]>([
  ['a fraction for an integer', () => integer()('1.5')],
  ['nothing for an integer', () => integer()(' ')],
  ['too small an integer', () => integer(2)('1')],
  ['a rate of zero', () => positive()('0')],
  ['an infinite rate', () => positive()('Infinity')],
  ['a share of one', () => fraction('1')],
  ['a list with a hole', () => integerList('16,,64')],
  ['a group without a name', () => group('cat,dog')],
  ['a group twice', () => group('a=b', { a: ['c'] })],
])('refuses %s', (_name, parse) => {
  expect(parse).toThrow(InvalidArgumentError);
});
