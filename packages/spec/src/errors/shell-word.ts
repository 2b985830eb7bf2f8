/**
 * One word of a command that is suggested, as a POSIX shell reads it back: in single quotes where it needs any, within
 * which nothing is run.
 *
 * @example
 * shellWord('@me/common@^1.0.0'); // '@me/common@^1.0.0'
 * shellWord('@me/common@>=1 <3'); // "'@me/common@>=1 <3'"
 */
export const shellWord = (word: string): string =>
  /^[\w@%+=:,./^-][\w@%+=:,./^~-]*$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
