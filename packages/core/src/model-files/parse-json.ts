import { LIMITS, RefusedPackageError } from '@factornet/spec';

/**
 * Parses JSON that a stranger wrote. Before it is parsed, text is refused that
 *
 * - is not UTF-8, or begins with a byte order mark: readers disagree on what it says,
 * - is nested deeper than {@link LIMITS}: whatever walks the value afterwards does so on the stack,
 * - holds more values than {@link LIMITS}: three bytes of text, `{},`, make an object of fifty,
 * - has one key twice in an object, of which readers take one or the other, or the key `__proto__`.
 *
 * @param source file or location, for messages
 * @throws RefusedPackageError (`json`, `json-depth`, `size`), SyntaxError
 */
export function parseJson(json: string | Uint8Array, source: string): unknown {
  const text = typeof json === 'string' ? json : decode(json, source);
  const broken = scan(text);
  if (broken !== undefined) throw new RefusedPackageError({ source, ...broken });
  return JSON.parse(text);
}

function decode(bytes: Uint8Array, source: string): string {
  try {
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
    if (!text.startsWith('\ufeff')) return text;
  } catch {
    // Told below.
  }
  throw new RefusedPackageError({ source, rule: 'json', found: 'it is not UTF-8 without a byte order mark' });
}

/** What of the rules a text breaks. Text that is no JSON passes or not: the parser has the last word on it. */
function scan(text: string): { rule: 'json' | 'json-depth' | 'size'; found: string } | undefined {
  /** Keys of the objects around, `undefined` for lists. */
  const open: (Set<string> | undefined)[] = [];
  let [values, last] = [1, ''];
  // By character: an assembly of ten factors scans a hundred thousand of them while it loads.
  for (let index = 0; index < text.length; index++) {
    const character = text[index] as string;
    if (character === '"') {
      const end = endOfString(text, index);
      const keys = last === '{' || last === ',' ? open.at(-1) : undefined;
      if (keys !== undefined) {
        const key = unescaped(text.slice(index, end));
        if (key === '__proto__') return { rule: 'json', found: 'it has a key "__proto__"' };
        if (keys.has(key)) return { rule: 'json', found: `it has the key "${key.slice(0, 80)}" twice` };
        keys.add(key);
      }
      index = end - 1;
    } else if (character === '}' || character === ']') open.pop();
    else if (character === ',' || character === '{' || character === '[') {
      values += 1;
      if (values > LIMITS.jsonValues) {
        return { rule: 'size', found: `it holds more than ${LIMITS.jsonValues} values` };
      }
      if (character !== ',' && open.push(character === '{' ? new Set() : undefined) > LIMITS.jsonDepth) {
        return { rule: 'json-depth', found: `it is nested deeper than ${LIMITS.jsonDepth} levels` };
      }
    } else continue;
    last = character;
  }
  return undefined;
}

/** The position behind the quote that ends the string which begins at `start`. */
function endOfString(text: string, start: number): number {
  for (let end = text.indexOf('"', start + 1); end >= 0; end = text.indexOf('"', end + 1)) {
    let backslashes = 0;
    while (text[end - 1 - backslashes] === '\\') backslashes += 1;
    if (backslashes % 2 === 0) return end + 1;
  }
  return text.length;
}

function unescaped(quoted: string): string {
  try {
    return quoted.includes('\\') ? JSON.parse(quoted) : quoted.slice(1, -1);
  } catch {
    return quoted;
  }
}
