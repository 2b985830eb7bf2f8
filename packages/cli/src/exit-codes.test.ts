import {
  CancelledError,
  IncompatibleCommonError,
  MissingFileError,
  MultipleTrunksError,
  NotComparableError,
} from '@factornet/spec';
import { LockMismatchError } from '@factornet/spec/lock';
import { NoChoiceError } from '@factornet/spec/publishing';
import {
  LabelOutOfRangeError,
  MissingTapError,
  NonFiniteLossError,
  UndecodablePictureError,
  WorkerFailedError,
} from '@factornet/spec/training';
import { expect, test } from 'vitest';
import { exitCodeMeanings, exitCodeOf } from './exit-codes';

test.each([
  [new MissingTapError({ tap: 'a', known: [] }), 2],
  [new MissingFileError({ path: 'a' }), 3],
  [new LabelOutOfRangeError({ task: 'a', label: 9, classes: 3, index: 0 }), 3],
  [new UndecodablePictureError({ path: 'a', reason: 'b' }), 3],
  [new IncompatibleCommonError({ factor: 'a', wanted: 'b', offered: 'c', reason: 'range' }), 4],
  [new MultipleTrunksError({ commons: ['a', 'b'] }), 4],
  [new NotComparableError({ labelSpace: 'a', reason: 'b' }), 4],
  [new LockMismatchError({ source: 'a', differences: [] }), 4],
  [new NoChoiceError({ tasks: ['a'], reasons: ['b'] }), 4],
  [new NonFiniteLossError({ term: 'a', epoch: 1, step: 1, value: Number.NaN }), 5],
  [new WorkerFailedError({ worker: 0, reason: 'a' }), 5],
  [new CancelledError({ operation: 'a' }), 130],
  [new TypeError('a'), 1],
])('%s ends with %i, which --help explains', (error, code) => {
  expect(exitCodeOf(error)).toBe(code);
  expect(exitCodeMeanings[code]).toBeTypeOf('string');
});
