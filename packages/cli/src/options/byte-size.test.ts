import { InvalidArgumentError } from 'commander';
import { expect, test } from 'vitest';
import { byteSize } from './byte-size';

test.each([
  ['6MB', 6_000_000],
  ['6MiB', 6_291_456],
  ['500kB', 500_000],
  ['500 KB', 500_000],
  ['2KiB', 2048],
  ['1.5MB', 1_500_000],
  ['0.1 GiB', 107_374_182],
  ['1GB', 1_000_000_000],
  ['1234', 1234],
  ['7b', 7],
])('%s are %i bytes', (text, bytes) => {
  expect(byteSize(text)).toBe(bytes);
});

test.each(['', 'MB', '6MX', '-1MB', '1e6', '6,5MB', '0', '0.4B', '9e99GB', '99999999GB', '6 M B'])(
  '%j is no size',
  (text) => {
    expect(() => byteSize(text)).toThrow(InvalidArgumentError);
  },
);
