import { useBackend } from '@factornet/core';
import { expectNoLeak } from '@factornet/core/testing';
import { convolutional } from '@factornet/zoo';
import { beforeAll, expect, test } from 'vitest';
import { mapsOfBackbone, usualMap } from './usual-map';

beforeAll(() => useBackend('cpu'));

test('what factors read is the map before the last, or the only one', () => {
  expect(usualMap(['block-1', 'block-2', 'block-3'])).toBe('block-2');
  expect(usualMap(['block-1'])).toBe('block-1');
  expect(usualMap([])).toBeUndefined();
});

test("a backbone's maps are told with their shapes before anything is trained", async () => {
  await expectNoLeak(() => {
    const input = {
      shape: [16, 12, 3] as [number, number, number],
      layout: 'NHWC' as const,
      normalization: { mean: [0, 0, 0], standardDeviation: [1, 1, 1] },
    };
    expect(mapsOfBackbone(convolutional({ filters: [4, 6], strides: 2 }), input)).toEqual([
      { name: 'block-1', shape: [8, 6, 4] },
      { name: 'block-2', shape: [4, 3, 6] },
    ]);
  });
});
