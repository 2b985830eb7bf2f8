import { RefusedPackageError } from '@factornet/spec';
import { expect, test } from 'vitest';
import { errorToText } from './error';
import { plainJson, plainLine, plainText } from './plain-text';

test('leaves words of any language as they are, and lines', () => {
  const text = 'Größe – 10⁹, 形状 😀\n\tשלום';
  expect(plainText(text)).toBe(text);
});

test('takes what a terminal would obey out of a message', () => {
  expect(plainText('a\u001b[2Jb\u0007c\u009bd\r\u202ee')).toBe('a\ufffd[2Jb\ufffdc\ufffdd\ufffd\ufffde');
  const error = new RefusedPackageError({ source: 'a\u001b[31m.bin', rule: 'unexpected-file', found: 'x' });
  expect(errorToText(error, { verbose: false })).toBe(
    'Error: a\ufffd[31m.bin is refused (unexpected-file): x.',
  );
});

test('a name within a line begins none', () => {
  expect(plainLine('a\nb\tc\u2028')).toBe('a\ufffdb\ufffdc\ufffd');
});

test('JSON keeps what it escapes', () => {
  const value = { 'a\u202e': ['\u001b[2J\n\t\u009b\u007f\u2028', 'Größe'] };
  const text = plainJson(value);
  expect(text).toContain('\\u202e');
  expect(text).toMatch(/^[\n\P{Cc}]*$/u);
  expect(JSON.parse(text)).toEqual(value);
});
