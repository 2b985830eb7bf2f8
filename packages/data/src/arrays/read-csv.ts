import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { Readable } from 'node:stream';
import type { FeatureMatrix } from '@factornet/core/samples';
import { throwIfCancelled } from '@factornet/core/training';
import { type CsvError, parse } from 'csv-parse';
import { arrayError, nameList, refuseArray } from './array-error';
import { ARRAY_LIMITS } from './array-limits';
import { findColumns } from './csv-columns';
import type { FoundArrays, ReadArraysOptions } from './found-arrays';

/** The columns of one array, and its numbers so far, row after row. */
interface Growing {
  readonly name: string;
  readonly positions: readonly number[];
  readonly values: number[];
}

/** What `info: true` hands out. */
interface NumberedRecord {
  readonly record: readonly string[];
  readonly info: { readonly lines: number; readonly bytes: number };
}

const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;

/** Arrays of a CSV file with one line per example, after a line of headings such as `x0,x1,y`. */
export async function readCsv(
  path: string,
  names: readonly string[],
  { onProgress, signal }: ReadArraysOptions = {},
): Promise<FoundArrays> {
  const { size } = await stat(path);
  let headings: readonly string[] | undefined;
  let growing: readonly Growing[] = [];
  let rows = 0;
  try {
    for await (const { record, info } of records(path)) {
      if (headings === undefined) {
        headings = record;
        growing = findArrays(headings, names, path);
      } else {
        for (const array of growing) append(array, record, { path, headings, line: info.lines });
        rows += 1;
        if (rows % 1000 === 0) onProgress?.(info.bytes, size);
        throwIfCancelled(`reading ${path}`, signal);
      }
    }
  } catch (error) {
    throw isCsvError(error) ? unreadable(path, error) : error;
  }
  const arrays = growing.map(({ name, positions, values }): [string, FeatureMatrix] => [
    name,
    { rows, columns: positions.length, data: Float64Array.from(values) },
  ]);
  return { arrays: new Map(arrays), present: headings ?? [] };
}

function records(path: string): AsyncIterable<NumberedRecord> {
  const parser = parse({
    bom: true,
    info: true,
    trim: true,
    skip_empty_lines: true,
    max_record_size: ARRAY_LIMITS.lineCharacters,
  });
  const stream = Readable.from(withShortLines(createReadStream(path), path));
  stream.on('error', (error) => parser.destroy(error));
  return stream.pipe(parser);
}

/** The parser measures fields, and a line of nothing but commas has none that is long: it would take minutes. */
async function* withShortLines(chunks: AsyncIterable<Buffer>, path: string): AsyncGenerator<Buffer> {
  // Beyond what its fields may have, so that the parser says which line is too long if it can.
  const most = 2 * ARRAY_LIMITS.lineCharacters;
  let length = 0;
  for await (const chunk of chunks) {
    const ends = [0x0a, 0x0d].map((byte) => [chunk.indexOf(byte), chunk.lastIndexOf(byte)] as const);
    const first = Math.min(...ends.map(([from]) => (from < 0 ? chunk.length : from)));
    if (length + first > most) {
      throw arrayError(path, `it has a line of more than the ${most} bytes it may have`, {
        hint: 'Write one line per example, or save wide arrays with numpy.savez.',
      });
    }
    const last = Math.max(...ends.map(([, to]) => to));
    length = last < 0 ? length + chunk.length : chunk.length - last - 1;
    yield chunk;
  }
}

function findArrays(headings: readonly string[], names: readonly string[], path: string): Growing[] {
  if (headings.every((heading) => NUMBER.test(heading))) {
    throw arrayError(path, 'its first line has numbers, where names of columns are expected', {
      hint: `Put a line before it that says which columns belong to which array, e.g. ${exampleHeadings(names)}.`,
    });
  }
  return names.flatMap((name) => {
    const positions = findColumns(headings, name);
    if ('taken' in positions) {
      throw arrayError(
        path,
        `two of its columns are the same one of ${name}: ${nameList([positions.taken])}`,
      );
    }
    return positions.length === 0 ? [] : [{ name, positions, values: [] }];
  });
}

/** `x0,x1,y0,y1` */
export function exampleHeadings(names: readonly string[]): string {
  return names.flatMap((name) => [`${name}0`, `${name}1`]).join(',');
}

function append(
  { name, positions, values }: Growing,
  record: readonly string[],
  { path, headings, line }: { path: string; headings: readonly string[]; line: number },
): void {
  if (values.length + positions.length > ARRAY_LIMITS.values) {
    const hint = 'Take a random part of the examples.';
    throw refuseArray(path, name)(`has more than the ${ARRAY_LIMITS.values} numbers it may have`, { hint });
  }
  for (const position of positions) {
    const text = record[position] ?? '';
    const value = NUMBER.test(text) ? Number(text) : Number.NaN;
    if (!Number.isFinite(value)) {
      const what = text === '' ? 'nothing' : JSON.stringify(text.slice(0, 40));
      const where = `line ${line}, column ${JSON.stringify(headings[position])}`;
      throw arrayError(path, `${where} has ${what}, where a finite number is expected`, {
        hint: 'Remove or fill such examples first; labels are whole numbers.',
      });
    }
    values.push(value);
  }
}

function isCsvError(error: unknown): error is CsvError {
  return error instanceof Error && 'code' in error && String(error.code).startsWith('CSV_');
}

function unreadable(path: string, cause: CsvError) {
  return arrayError(path, `it is no CSV that can be read (${cause.message})`, {
    cause,
    hint: 'Separate numbers by commas, one line per example, as many in each line as there are names of columns.',
  });
}
