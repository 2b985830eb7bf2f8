import { InvalidArgumentError } from 'commander';
import { expect, test } from 'vitest';
import { parseWorkers } from './workers-option';

test('reads a number of workers, or auto', () => {
  expect(['1', '8', 'auto'].map(parseWorkers)).toEqual([1, 8, 'auto']);
});

test.each(['0', '-1', '1.5', '', ' ', 'all', 'Infinity'])('refuses "%s"', (text) => {
  expect(() => parseWorkers(text)).toThrow(InvalidArgumentError);
});
