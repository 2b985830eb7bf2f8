import { ARRAY_LIMITS } from './array-limits';

const [QUOTE, BACKSLASH, COMMA, COLON, OPEN, CLOSE] = [0x22, 0x5c, 0x2c, 0x3a, 0x5b, 0x5d];
/** `{` and `}` are `[` and `]` with this bit. */
const BRACE = 0x20;

/**
 * What makes a JSON file of arrays too costly to parse, or say two things, in words that follow "it"; undefined if
 * nothing does. Two bytes of text, `[]`, are a list of forty in memory, and whatever walks a value of many levels does so
 * on the stack. What is no JSON passes: the parser has the last word on it.
 */
export function scanJson(bytes: Uint8Array): string | undefined {
  const keys = new Set<string>();
  let [depth, lists, values, last] = [0, 0, 0, 0];
  for (let index = 0; index < bytes.length; index++) {
    const byte = bytes[index] as number;
    if (byte === QUOTE) {
      const end = endOfString(bytes, index);
      if (depth === 1 && last !== COLON) {
        const key = textOf(bytes.subarray(index, end));
        if (keys.has(key)) return `has the array ${JSON.stringify(key.slice(0, 80))} twice`;
        keys.add(key);
      }
      index = end - 1;
    } else if (byte === COMMA) values++;
    else if ((byte | BRACE) === (OPEN | BRACE)) {
      lists++;
      if (++depth > ARRAY_LIMITS.jsonDepth)
        return `is nested deeper than the ${ARRAY_LIMITS.jsonDepth} levels it may have`;
    } else if ((byte | BRACE) === (CLOSE | BRACE)) depth--;
    else if (byte !== COLON) continue;
    last = byte;
    if (lists > ARRAY_LIMITS.jsonLists) {
      return `has more than the ${ARRAY_LIMITS.jsonLists} lists and objects it may have`;
    }
    if (values > 2 * ARRAY_LIMITS.values)
      return `has more than the ${2 * ARRAY_LIMITS.values} values it may have`;
  }
  return undefined;
}

/** The position behind the quote that ends the string which begins at `start`. */
function endOfString(bytes: Uint8Array, start: number): number {
  for (let end = bytes.indexOf(QUOTE, start + 1); end >= 0; end = bytes.indexOf(QUOTE, end + 1)) {
    let backslashes = 0;
    while (bytes[end - 1 - backslashes] === BACKSLASH) backslashes++;
    if (backslashes % 2 === 0) return end + 1;
  }
  return bytes.length;
}

function textOf(quoted: Uint8Array): string {
  const text = new TextDecoder().decode(quoted);
  try {
    return String(JSON.parse(text));
  } catch {
    return text;
  }
}
