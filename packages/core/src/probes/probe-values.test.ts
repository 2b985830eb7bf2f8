import { describe, expect, it } from 'vitest';
import { decodeProbes, type ProbeLayout, probeLayout } from './probe-values';

const common: ProbeLayout = { count: 2, input: { shape: [2, 3, 1] }, offered: [2], outputs: 0 };
const factor: ProbeLayout = { ...common, outputs: 3 };

describe('probe files', () => {
  // The packer, which writes them, tests the round trip.
  it('hold features, logits, pictures, little-endian and without gaps', () => {
    // 1 is 0x3f800000 and −2 is 0xc0000000.
    const bytes = Uint8Array.of(0, 0, 0x80, 0x3f, 0, 0, 0, 0xc0, 9, 8);
    const layout = {
      count: 1,
      input: { shape: [1, 2, 1] as [number, number, number] },
      offered: [1],
      outputs: 1,
    };
    expect(decodeProbes(bytes, layout, 'x')).toEqual({
      count: 1,
      features: Float32Array.of(1),
      logits: Float32Array.of(-2),
      pictures: Uint8Array.of(9, 8),
    });
  });

  it('have their layout from the manifest', () => {
    const input = { shape: [2, 3, 1] };
    expect(
      probeLayout({
        kind: 'common',
        input,
        features: { shape: [2] },
        maps: [],
        probes: { count: 2 },
      } as never),
    ).toEqual(common);
    const maps = [{ name: 'one', shape: [2, 2, 3] }];
    const offering = { kind: 'common', input, features: { shape: [2] }, maps, probes: { count: 2 } };
    expect(probeLayout(offering as never).offered).toEqual([2, 12]);
    const probes = { count: 2, input, features: 2 };
    expect(
      probeLayout({
        kind: 'factor',
        task: { name: 'a', type: 'classification', classes: ['a', 'b', 'c'] },
        reads: [{ from: 'picture', shape: [2, 3, 1] }],
        probes,
      } as never),
    ).toEqual(factor);
  });
});
