import { execFileSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { shellWord } from './shell-word';

describe('shellWord', () => {
  it('leaves what no shell changes', () => {
    for (const word of ['@me/common@^1.0.0', '@me/common@~1.2', 'a/b.c', '--registry=http://localhost:4873/'])
      expect(shellWord(word)).toBe(word);
  });

  it.skipIf(process.platform === 'win32')('a shell reads back the same words, and runs none', () => {
    const words = [
      '@me/common@>=1 <3 || ^4',
      '^9.0.0$(touch X)',
      '`touch X`',
      "it's",
      'a"b\\c',
      '~',
      '',
      '*',
      '!x',
      ';ls',
      'a\nb',
    ];
    const printed = execFileSync('sh', ['-c', `printf '%s\\0' ${words.map(shellWord).join(' ')}`], {
      encoding: 'utf8',
    });
    expect(printed.split('\0').slice(0, -1)).toEqual(words);
  });
});
