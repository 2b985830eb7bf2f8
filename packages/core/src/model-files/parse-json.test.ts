import { LIMITS, RefusedPackageError } from '@factornet/spec';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseJson } from './parse-json';

const nested = (depth: number) => `${'['.repeat(depth)}${']'.repeat(depth)}`;
const failure = (json: string | Uint8Array): unknown => {
  try {
    return parseJson(json, 'model.json');
  } catch (error) {
    return error;
  }
};

describe('parseJson', () => {
  it('parses what JSON.parse parses, as text and as bytes', () => {
    fc.assert(
      fc.property(
        fc.jsonValue({ noUnicodeString: false }),
        fc.constantFrom(undefined, 1, '\t'),
        (value, indent) => {
          const text = JSON.stringify(value, null, indent);
          expect(parseJson(text, 'x')).toEqual(JSON.parse(text));
          expect(parseJson(new TextEncoder().encode(text), 'x')).toEqual(
            JSON.parse(new TextDecoder().decode(new TextEncoder().encode(text))),
          );
        },
      ),
      { seed: 4, numRuns: 150 },
    );
  });

  it('throws nothing but its own errors and SyntaxError, for any text', () => {
    const pieces = fc.constantFrom('{', '}', '[', ']', '"', '\\', ',', ':', ' ', 'a', '\\u', '1', '\u2028');
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 60 }), (parts) => {
        const result = failure(parts.join(''));
        if (result instanceof Error) {
          expect(result instanceof SyntaxError || RefusedPackageError.isInstance(result)).toBe(true);
        }
      }),
      { seed: 4, numRuns: 2000 },
    );
  });

  it('takes the depth and the number of values that the limits allow, and no more', () => {
    expect(parseJson(nested(LIMITS.jsonDepth), 'x')).toEqual(JSON.parse(nested(LIMITS.jsonDepth)));
    expect(failure(nested(LIMITS.jsonDepth + 1))).toMatchObject({ rule: 'json-depth', source: 'model.json' });
    expect(failure('{"a":'.repeat(1e5))).toMatchObject({ rule: 'json-depth' });
    // `[1,1]` is a list of two: three values with itself, as its brackets and commas count.
    const list = (values: number) => `[${'1,'.repeat(values - 2)}1]`;
    expect(parseJson(list(LIMITS.jsonValues - 1), 'x')).toHaveLength(LIMITS.jsonValues - 2);
    expect(failure(list(LIMITS.jsonValues + 1))).toMatchObject({ rule: 'size' });
    expect(failure(`[${'{},'.repeat(2e6)}{}]`)).toMatchObject({ rule: 'size' });
  });

  it('does not count brackets within strings', () => {
    const text = JSON.stringify({ a: '['.repeat(1000), 'b"\\': '{"a":1,'.repeat(1000) });
    expect(parseJson(text, 'x')).toEqual(JSON.parse(text));
  });

  it.each([
    ['{"a":1,"a":2}', 'it has the key "a" twice'],
    ['{"a":1, "b": {"c": [1, {"d": 1}]}, "a" :2}', 'it has the key "a" twice'],
    ['{"a":1,"\\u0061":2}', 'it has the key "a" twice'],
    [`{"a"${' '.repeat(1000)}:1,"a":2}`, 'it has the key "a" twice'],
    ['{"x":["a",{"b":"a","b":"a"}]}', 'it has the key "b" twice'],
    ['{"__proto__":{}}', 'it has a key "__proto__"'],
    ['{"\\u005f_proto__":{}}', 'it has a key "__proto__"'],
  ])('refuses %s', (json, found) => {
    expect(failure(json)).toMatchObject({ code: 'refused-package', rule: 'json', found });
  });

  it('takes one key in two objects, and values that look like keys', () => {
    for (const value of [
      { a: { a: 1, b: 'a' }, b: [{ a: 1 }, { a: 2 }], c: ['a', 'a'] },
      ['__proto__', 'a', 'a'],
    ]) {
      expect(parseJson(JSON.stringify(value), 'x')).toEqual(value);
    }
  });

  it.each([
    ['a byte order mark', [0xef, 0xbb, 0xbf, 0x7b, 0x7d]],
    ['UTF-16', [0xff, 0xfe, 0x7b, 0x00, 0x7d, 0x00]],
    ['UTF-16 without a mark', [0x7b, 0x00, 0x22, 0xe4, 0x00]],
    ['Latin-1', [0x22, 0xe4, 0x22]],
    ['an overlong slash', [0x22, 0xc0, 0xaf, 0x22]],
    ['half a surrogate pair', [0x22, 0xed, 0xa0, 0x80, 0x22]],
  ])('refuses %s', (_name, bytes) => {
    expect(failure(Uint8Array.from(bytes))).toMatchObject({
      rule: 'json',
      found: 'it is not UTF-8 without a byte order mark',
    });
  });
});
