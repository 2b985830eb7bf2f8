import { readFile } from 'node:fs/promises';
import type { FeatureMatrix } from '@factornet/core/samples';
import { arrayError, type Refuse, refuseArray } from './array-error';
import { ARRAY_LIMITS } from './array-limits';
import type { FoundArrays } from './found-arrays';

/** Arrays of a JSON object: `{ "x": [[0.1, 0.2], …], "y": [1, 0, …] }`. */
export async function readJson(path: string, names: readonly string[]): Promise<FoundArrays> {
  const content = parse(await readFile(path, 'utf8'), path);
  const arrays = new Map<string, FeatureMatrix>();
  for (const name of names) {
    if (!Object.hasOwn(content, name)) continue;
    arrays.set(name, toMatrix((content as Record<string, unknown>)[name], refuseArray(path, name)));
  }
  return { arrays, present: Object.keys(content) };
}

function parse(text: string, path: string): object {
  let content: unknown;
  try {
    content = JSON.parse(text);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    const hint = 'JSON has no NaN and no Infinity, and takes no comma behind a last entry.';
    throw arrayError(path, `it is no JSON (${reason})`, { cause, hint });
  }
  if (typeof content === 'object' && content !== null && !Array.isArray(content)) return content;
  throw arrayError(path, 'it is no JSON object', { hint: 'Write { "x": [[…], …], "y": [[…], …] }.' });
}

function toMatrix(value: unknown, refuse: Refuse): FeatureMatrix {
  if (!Array.isArray(value)) throw refuse('is no JSON array');
  const rows: readonly unknown[][] = value.map((row) => (Array.isArray(row) ? row : [row]));
  const columns = rows[0]?.length ?? 0;
  if (rows.length * columns > ARRAY_LIMITS.values) {
    throw refuse(`has ${rows.length * columns} numbers, more than the ${ARRAY_LIMITS.values} it may have`);
  }
  const data = new Float64Array(rows.length * columns);
  for (const [row, entries] of rows.entries()) {
    if (entries.length !== columns || Array.isArray(value[row]) !== Array.isArray(value[0])) {
      throw refuse(`has ${entries.length} numbers in row ${row}, but ${columns} in row 0`);
    }
    for (const [column, entry] of entries.entries()) {
      if (typeof entry !== 'number') {
        const what = JSON.stringify(entry).slice(0, 40);
        throw refuse(
          `has ${what} in row ${row}, column ${column} (counted from 0), where a number is expected`,
        );
      }
      data[row * columns + column] = entry;
    }
  }
  return { rows: rows.length, columns, data };
}
