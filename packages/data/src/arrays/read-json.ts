import { readFile } from 'node:fs/promises';
import type { FeatureMatrix } from '@factornet/core/samples';
import { arrayError, type Refuse, refuseArray } from './array-error';
import { ARRAY_LIMITS } from './array-limits';
import type { FoundArrays } from './found-arrays';
import { scanJson } from './scan-json';

/** Arrays of a JSON object: `{ "x": [[0.1, 0.2], …], "y": [1, 0, …] }`. */
export async function readJson(path: string, names: readonly string[]): Promise<FoundArrays> {
  const bytes = await readFile(path);
  const problem = scanJson(bytes);
  if (problem !== undefined) {
    throw arrayError(path, `it ${problem}`, { hint: 'Save large arrays with numpy.savez.' });
  }
  const content = parse(new TextDecoder().decode(bytes), path);
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
  const isFlat = !Array.isArray(value[0]);
  const columns = isFlat ? Math.min(1, value.length) : (value[0] as unknown[]).length;
  if (value.length * columns > ARRAY_LIMITS.values) {
    throw refuse(`has ${value.length * columns} numbers, more than the ${ARRAY_LIMITS.values} it may have`);
  }
  const data = new Float64Array(value.length * columns);
  for (const [row, entry] of value.entries()) {
    if (isFlat && !Array.isArray(entry)) {
      data[row] = checkNumber(entry, row, 0, refuse);
      continue;
    }
    const length = Array.isArray(entry) ? entry.length : 1;
    if (length !== columns || isFlat || !Array.isArray(entry)) {
      throw refuse(`has ${length} numbers in row ${row}, but ${columns} in row 0`);
    }
    for (const [column, cell] of entry.entries()) {
      data[row * columns + column] = checkNumber(cell, row, column, refuse);
    }
  }
  return { rows: value.length, columns, data };
}

function checkNumber(cell: unknown, row: number, column: number, refuse: Refuse): number {
  if (typeof cell === 'number') return cell;
  const what = JSON.stringify(Array.isArray(cell) ? cell.slice(0, 20) : cell).slice(0, 40);
  throw refuse(`has ${what} in row ${row}, column ${column} (counted from 0), where a number is expected`);
}
