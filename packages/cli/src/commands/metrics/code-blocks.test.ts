import { expect, test } from 'vitest';
import { codeBlocks } from './code-blocks';

test('names with columns and ranges, of one use or several', () => {
  expect(codeBlocks('z=0-3, shape=4+7-8', codeBlocks('hue=5'))).toEqual({
    hue: [5],
    z: [0, 1, 2, 3],
    shape: [4, 7, 8],
  });
  expect(Object.keys(codeBlocks('__proto__=0'))).toEqual(['__proto__']);
});

test.each([
  ['', /"" is no block/],
  ['z', /"z" is no block/],
  ['z=', /"z=" is no block/],
  ['z=a', /"z=a" is no block/],
  ['z=0-', /"z=0-" is no block/],
  ['z=3-1', /"3-1" is no range/],
  ['z=0-1-2', /"0-1-2" is no range/],
  ['z=0-999999999999', /is no range/],
  ['z=0,z=1', /"z" is given twice/],
])('refuses %j', (text, message) => {
  expect(() => codeBlocks(text)).toThrow(message);
  expect(() => codeBlocks(text)).toThrow(/such as z=0-15,shape=16-19\+24/);
});
