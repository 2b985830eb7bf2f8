import type { FeatureMatrix } from '@factornet/core/samples';

/** One number per row: equal rows have equal ones. */
export function rowLevels({ rows, columns, data }: FeatureMatrix): ArrayLike<number> {
  if (columns === 1) return data;
  const levels = new Map<string, number>();
  return Float64Array.from({ length: rows }, (_, row) => {
    const text = data.subarray(row * columns, (row + 1) * columns).join();
    const level = levels.get(text) ?? levels.size;
    levels.set(text, level);
    return level;
  });
}
