import { describe, expect, it } from 'vitest';
import { layerNames, prefixed } from './layer-names';

describe('layerNames', () => {
  it('gives each name once, and none that is reserved', () => {
    const names = layerNames(['shape']);
    expect(['shape', 'a', 'a', 'shape', 'a', 'a-2'].map(names.take)).toEqual([
      'shape-2',
      'a',
      'a-2',
      'shape-3',
      'a-3',
      'a-2-2',
    ]);
  });

  it('keeps names within what packages allow', () => {
    const names = layerNames([]);
    const taken = [1, 2].map(() => names.take('x'.repeat(300)));
    expect(taken.map((name) => name.length)).toEqual([200, 200]);
    expect(new Set(taken).size).toBe(2);
  });
});

it('puts a prefix in place of the name of the model', () => {
  expect(prefixed('shape/head', 'head-shape', 'head-shape/logits')).toBe('shape/head/logits');
  expect(prefixed('common', 'common', 'commonplace')).toBe('common/commonplace');
});
