/**
 * Text of strangers as a terminal may get it: what a package, a file name or another program says must not move the
 * cursor, clear the screen or turn the direction of writing. Lines and tabs stay.
 */
export function plainText(text: string): string {
  return text.replaceAll(/[\p{Cc}\p{Bidi_Control}\u2028\u2029]/gu, (character) =>
    character === '\n' || character === '\t' ? character : '\ufffd',
  );
}
