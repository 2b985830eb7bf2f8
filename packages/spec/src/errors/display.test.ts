import { describe, expect, it } from 'vitest';
import { display, list, shape } from './display';

describe('shape', () => {
  it('shows sizes, and * for any', () => {
    expect(shape([null, 32, 3])).toBe('[*, 32, 3]');
    expect(shape([])).toBe('[]');
  });
});

describe('list', () => {
  it('quotes names, and cuts a long list', () => {
    expect(list(['a', 'b'])).toBe('"a", "b"');
    expect(list(['a', 'b', 'c'], 1)).toBe('"a" and 2 more');
    expect(list([])).toBe('(none)');
  });
});

describe('display', () => {
  it('shows what came, whatever it is', () => {
    const cyclic: Record<string, unknown> = {};
    cyclic.self = cyclic;
    expect(display('a"b')).toBe('"a\\"b"');
    expect(display({ size: 3 })).toBe('{"size":3}');
    expect(display([1, [2]])).toBe('[1,[2]]');
    expect(display(Object.create(null))).toBe('{}');
    expect(display(cyclic)).toBe('[object Object]');
    expect([undefined, null, Number.NaN, Symbol('s')].map(display)).toEqual([
      'undefined',
      'null',
      'NaN',
      'Symbol(s)',
    ]);
  });

  it('cuts what is long', () => {
    expect(display('x'.repeat(500))).toHaveLength(78);
  });
});
