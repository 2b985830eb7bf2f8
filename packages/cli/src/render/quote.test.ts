import { execFileSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { quoteCommandLine } from './quote';

test('leaves plain words as they are', () => {
  expect(quoteCommandLine(['factornet', '--data', 'shapes:size=8000,seed=1', 'a/b.c'])).toBe(
    'factornet --data shapes:size=8000,seed=1 a/b.c',
  );
});

test.skipIf(process.platform === 'win32')('a shell reads back the same words', () => {
  const words = ['it’s', "it's", 'a b', '$HOME', '*', '', 'a"b', 'a\\b', '~'];
  const printed = execFileSync('sh', ['-c', `printf '%s\\n' ${quoteCommandLine(words)}`], {
    encoding: 'utf8',
  });
  expect(printed.split('\n').slice(0, -1)).toEqual(words);
});
