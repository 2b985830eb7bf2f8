import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { integrityOf } from './digest';

const bytes = (text: string) => new TextEncoder().encode(text);

describe('integrityOf', () => {
  it('is the digest that Node and npm compute', async () => {
    const expected = `sha512-${createHash('sha512').update('factor').digest('base64')}`;
    expect(await integrityOf(bytes('factor'))).toBe(expected);
    expect(await integrityOf(bytes('fac'), bytes(''), bytes('tor'))).toBe(expected);
    expect(await integrityOf()).toBe(`sha512-${createHash('sha512').digest('base64')}`);
  });
});
