import { RefusedPackageError } from '@factornet/spec';
import { expect, test } from 'vitest';
import { errorToText } from './error';
import { plainText } from './plain-text';

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
