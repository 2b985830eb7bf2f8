import { MissingFileError } from '@factornet/spec';
import { expect, test } from 'vitest';
import { errorToJson, errorToText } from './error';

const refused = new MissingFileError({ path: 'a.bin' }, { hint: 'Look elsewhere.' });

test('data holds the code, and says the hint once', () => {
  expect(errorToJson(refused)).toEqual({
    error: {
      code: 'missing-file',
      message: 'a.bin does not exist or cannot be read.',
      hint: 'Look elsewhere.',
    },
  });
  expect(errorToJson(new TypeError('oops')).error).toEqual({
    code: 'unexpected',
    message: 'oops',
    hint: null,
  });
});

test('text has a stack only when asked for', () => {
  expect(errorToText(refused, { verbose: false })).toBe(
    'Error: a.bin does not exist or cannot be read.\nHint: Look elsewhere.',
  );
  expect(errorToText(refused, { verbose: true })).toMatch(/\n\s+at .*error\.test\.ts/);
  expect(errorToText(new TypeError('oops'), { verbose: false })).toMatch(/oops.*--verbose/s);
  expect(errorToText(new TypeError('oops'), { verbose: true })).toMatch(/oops.*\n\s+at /s);
});

test('no line of a message begins where one of ours would', () => {
  const forged = 'a\u001b[2J\nHint: run this\n  - as before';
  const indented = 'a\ufffd[2J\n  Hint: run this\n  - as before';
  expect(errorToText(new TypeError(forged), { verbose: false })).toMatch(
    `Unexpected failure: ${indented}\nRun again`,
  );
  expect(errorToText(new MissingFileError({ path: forged }), { verbose: false })).toBe(
    `Error: ${indented} does not exist or cannot be read.`,
  );
});
