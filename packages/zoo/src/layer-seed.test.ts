import { describe, expect, it } from 'vitest';
import { layerSeed } from './layer-seed';

describe('layerSeed', () => {
  it('is an integer that follows from seed and name', () => {
    expect(layerSeed(1, 'a/b')).toBe(layerSeed(1, 'a/b'));
    expect(Number.isInteger(layerSeed(1, 'a/b'))).toBe(true);
  });

  it('differs between seeds and between names', () => {
    const seeds = [1, 2, 3].flatMap((seed) => ['a', 'b', 'a/b', 'ab'].map((name) => layerSeed(seed, name)));
    expect(new Set(seeds).size).toBe(seeds.length);
  });
});
