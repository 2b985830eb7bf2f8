import { featureMatrix } from '@factornet/core/samples';
import { describe, expect, it } from 'vitest';
import { infoNCE } from '../bounds/info-nce';
import { makePlan } from './plan';
import { splitPairs } from './split';

describe('splitPairs', () => {
  it('puts each pair into one part, whole and in random order', () => {
    const rows = Array.from({ length: 100 }, (_, row) => row);
    const pairs = { x: featureMatrix(rows), y: featureMatrix(rows.map((row) => [row, -row])) };
    const { training, validation, test } = splitPairs(pairs, makePlan(100, true, { estimator: infoNCE() }));
    const parts = [training, validation, test];
    expect(parts.map(({ x }) => x.rows)).toEqual([60, 15, 25]);
    for (const { x, y } of parts) {
      expect([...y.data]).toEqual([...x.data].flatMap((value) => [value, -value]));
    }
    const all = parts.flatMap(({ x }) => [...x.data]);
    expect(all).not.toEqual(rows);
    expect(all.sort((a, b) => a - b)).toEqual(rows);
  });
});
