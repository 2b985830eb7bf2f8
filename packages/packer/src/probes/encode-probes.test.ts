import { decodeProbes, type ProbeLayout } from '@factornet/core/probes';
import { IntegrityError } from '@factornet/spec';
import { describe, expect, it } from 'vitest';
import { encodeProbes } from './encode-probes';

const pictures = Uint8Array.from({ length: 2 * 2 * 3 * 1 }, (_, index) => 250 + index);
const features = Float32Array.of(1, -2.5, 3e30, 1e-40);
const logits = Float32Array.of(0, -0, 7, 8, 9, 10);
const common: ProbeLayout = { count: 2, input: { shape: [2, 3, 1] }, offered: [2], outputs: 0 };
const factor: ProbeLayout = { ...common, outputs: 3 };

describe('probe files', () => {
  it('give back what was put in, with and without logits', () => {
    const values = { count: 2, pictures, features };
    expect(decodeProbes(encodeProbes(values), common, 'x')).toEqual(values);
    expect(decodeProbes(encodeProbes({ ...values, logits }), factor, 'x')).toEqual({ ...values, logits });
  });

  it('hold features, logits, pictures, little-endian and without gaps', () => {
    const bytes = encodeProbes({
      count: 1,
      pictures: Uint8Array.of(9, 8),
      features: Float32Array.of(1),
      logits: Float32Array.of(-2),
    });
    // 1 is 0x3f800000 and −2 is 0xc0000000.
    expect([...bytes]).toEqual([0, 0, 0x80, 0x3f, 0, 0, 0, 0xc0, 9, 8]);
  });

  it('are read where they lie in a larger buffer', () => {
    const bytes = encodeProbes({ count: 2, pictures, features });
    const larger = new Uint8Array(bytes.length + 5);
    larger.set(bytes, 3);
    const view = larger.subarray(3, 3 + bytes.length);
    expect(decodeProbes(view, common, 'x')).toEqual({ count: 2, pictures, features });
  });

  it.each([-1, 1])('of a length that differs by %i are refused with both lengths', (difference) => {
    const bytes = encodeProbes({ count: 2, pictures, features });
    const error = (() => {
      try {
        return decodeProbes(new Uint8Array(bytes.length + difference), common, 'probes.bin of a stranger');
      } catch (caught) {
        return caught;
      }
    })();
    expect(IntegrityError.isInstance(error)).toBe(true);
    expect(error).toMatchObject({
      path: 'probes.bin of a stranger',
      expected: '28 bytes',
      received: `${28 + difference} bytes`,
    });
  });
});
