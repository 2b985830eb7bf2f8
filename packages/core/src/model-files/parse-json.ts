import { LIMITS, RefusedPackageError } from '@factornet/spec';

/**
 * Parses JSON that a stranger wrote: refuses text that is nested deeper than {@link LIMITS} before it is parsed,
 * because whatever walks the value afterwards does so on the stack.
 *
 * @param source file or location, for messages
 * @throws RefusedPackageError (`json-depth`), SyntaxError
 */
export function parseJson(text: string, source: string): unknown {
  let depth = 0;
  let quoted = false;
  for (let index = 0; index < text.length; index++) {
    const character = text[index];
    if (quoted) {
      if (character === '\\') index += 1;
      else if (character === '"') quoted = false;
    } else if (character === '"') quoted = true;
    else if (character === '{' || character === '[') {
      depth += 1;
      if (depth > LIMITS.jsonDepth) {
        const found = `nested deeper than ${LIMITS.jsonDepth} levels`;
        throw new RefusedPackageError({ source, rule: 'json-depth', found });
      }
    } else if (character === '}' || character === ']') depth -= 1;
  }
  return JSON.parse(text);
}
