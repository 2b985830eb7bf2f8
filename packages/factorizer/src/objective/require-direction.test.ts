import { InvalidOptionError } from '@factornet/spec';
import { describe, expect, it } from 'vitest';
import { requireDirection } from './require-direction';

const term = 'information';
const bound = (direction: 'lower' | 'upper' | 'neither') => ({ name: 'guess', direction });

describe('requireDirection', () => {
  it('lets a lower bound be maximised and an upper one be minimised', () => {
    requireDirection({ bound: bound('lower'), sense: 'maximise', term, acceptNoBound: false });
    requireDirection({ bound: bound('upper'), sense: 'minimise', term, acceptNoBound: false });
  });

  it.each([
    ['upper', 'maximise', 'a lower bound, since the term "information" is maximised'],
    ['lower', 'minimise', 'an upper bound, since the term "information" is minimised'],
  ] as const)('refuses an %s bound that would be %sd, asked for or not', (direction, sense, expected) => {
    for (const acceptNoBound of [false, true]) {
      const attempt = () => requireDirection({ bound: bound(direction), sense, term, acceptNoBound });
      expect(attempt).toThrow(InvalidOptionError);
      expect(attempt).toThrow(expected);
      expect(attempt).toThrow(/guess, an? (lower|upper) bound/);
    }
  });

  it('takes what bounds neither side only where that is asked for, and says how', () => {
    const request = { bound: bound('neither'), sense: 'maximise', term } as const;
    expect(() => requireDirection({ ...request, acceptNoBound: false })).toThrow(/neither side/);
    expect(() => requireDirection({ ...request, acceptNoBound: false })).toThrow(/acceptNoBound/);
    requireDirection({ ...request, acceptNoBound: true });
  });
});
