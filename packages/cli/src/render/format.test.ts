import { expect, test } from 'vitest';
import { formatBytes, formatCount, formatDuration, formatShare, formatValue } from './format';

test('bytes in SI units', () => {
  expect([999, 1000, 1_234_567, 2.5e9].map(formatBytes)).toEqual(['999 B', '1.0 kB', '1.2 MB', '2.5 GB']);
});

test('counts, shares and values', () => {
  expect(formatCount(1_234_567)).toBe('1,234,567');
  expect([0.95249, undefined, Number.NaN].map(formatShare)).toEqual(['0.952', '–', '–']);
  expect([0.012345, 12345.6, Number.NaN].map(formatValue)).toEqual(['0.01235', '12346', 'NaN']);
});

test('durations', () => {
  expect([0.4, 59.6, 185, 7620, Number.NaN].map(formatDuration)).toEqual([
    '0 s',
    '1 min 00 s',
    '3 min 05 s',
    '2 h 07 min',
    '?',
  ]);
});
