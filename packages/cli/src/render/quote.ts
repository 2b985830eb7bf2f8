import { shellWord } from '@factornet/spec/internal';

/** A command line that a POSIX shell reads back as these words. */
export function quoteCommandLine(words: readonly string[]): string {
  return words.map(shellWord).join(' ');
}
