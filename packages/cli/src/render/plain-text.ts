/** What a terminal obeys, or what turns the direction of writing or ends a line where nobody sees it. */
const OBEYED = /[\p{Cc}\p{Bidi_Control}\u2028\u2029]/gu;

/**
 * Text of strangers as a terminal may get it: what a package, a file name or another program says must not move the
 * cursor, clear the screen or turn the direction of writing. Lines and tabs stay.
 */
export function plainText(text: string): string {
  return text.replaceAll(OBEYED, (character) =>
    character === '\n' || character === '\t' ? character : '\ufffd',
  );
}

/** The same for a name or another value within a line, which begins none of its own. */
export function plainLine(text: string): string {
  return text.replaceAll(OBEYED, '\ufffd');
}

/** JSON in which such characters are escaped, so that a terminal shows them and a reader gets them back. */
export function plainJson(value: unknown): string {
  return JSON.stringify(value, null, 2).replaceAll(OBEYED, (character) =>
    // JSON.stringify escapes those of strings below U+0020; what is left of them are its own line breaks.
    character === '\n' ? character : `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
