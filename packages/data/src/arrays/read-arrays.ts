import { stat } from 'node:fs/promises';
import { extname } from 'node:path';
import type { FeatureMatrix } from '@factornet/core/samples';
import { InvalidOptionError, MissingFileError, ShapeMismatchError } from '@factornet/spec';
import { arrayError, nameList, refuseArray, shapeText } from './array-error';
import { ARRAY_LIMITS } from './array-limits';
import type { ArrayReader, ReadArraysOptions } from './found-arrays';
import { exampleHeadings, readCsv } from './read-csv';
import { readJson } from './read-json';
import { readNpy } from './read-npy';
import { readNpz } from './read-npz';

const readers: Readonly<Record<string, ArrayReader>> = {
  '.npz': readNpz,
  '.npy': readNpy,
  '.csv': readCsv,
  '.json': readJson,
};

/** Of a `.npz` file, each array that is read has one of its own. */
const limits: Readonly<Record<string, number>> = {
  '.npy': ARRAY_LIMITS.bytes,
  '.csv': ARRAY_LIMITS.textBytes,
  '.json': ARRAY_LIMITS.textBytes,
};

/**
 * Reads arrays `[n, d]` of these names, all with the same number of rows, from files: NumPy's `.npz`; `.csv` with
 * headings `x0,x1,y`; `.json` as `{ "x": [[…], …] }`; or `.npy`, one file per array, named as the array.
 *
 * @throws CancelledError, MissingFileError, ShapeMismatchError, InvalidOptionError for a file of another kind, and
 * UnusableArraysError for files that are damaged, lack an array, or hold something else than finite numbers
 */
export async function readArrays<Name extends string>(
  paths: readonly string[],
  names: readonly Name[],
  options: ReadArraysOptions = {},
): Promise<Record<Name, FeatureMatrix>> {
  const arrays = new Map<string, { path: string; matrix: FeatureMatrix }>();
  const present: string[] = [];
  for (const path of paths) {
    const found = await (await readerFor(path, names))(path, names, options);
    present.push(...found.present);
    for (const [name, matrix] of found.arrays) {
      const earlier = arrays.get(name);
      if (earlier !== undefined) throw arrayError(path, `the array "${name}" is in ${earlier.path} already`);
      checkNumbers(path, name, matrix);
      arrays.set(name, { path, matrix });
    }
  }
  const missing = names.filter((name) => !arrays.has(name));
  if (missing.length > 0) throw missingArrays(paths, names, missing, present);
  const matrices = names.map((name) => [name, arrays.get(name)?.matrix as FeatureMatrix] as const);
  checkRows(matrices);
  return Object.fromEntries(matrices) as Record<Name, FeatureMatrix>;
}

async function readerFor(path: string, names: readonly string[]): Promise<ArrayReader> {
  const extension = extname(path).toLowerCase();
  const reader = Object.hasOwn(readers, extension) ? readers[extension] : undefined;
  if (reader === undefined) {
    const expected = 'a .npz, .npy, .csv or .json file';
    const hint = `Save arrays with numpy.savez("samples.npz", ${names.map((name) => `${name}=${name}`).join(', ')}).`;
    throw new InvalidOptionError({ option: 'file', expected, received: path }, { hint });
  }
  const status = await stat(path).catch((cause: unknown) => {
    throw new MissingFileError({ path }, { cause, hint: 'Name a .npz, .npy, .csv or .json file.' });
  });
  if (!status.isFile()) throw new MissingFileError({ path }, { hint: 'Name a file, not a folder.' });
  const limit = limits[extension];
  if (limit !== undefined && status.size > limit) {
    throw arrayError(path, `it has ${status.size} bytes, more than the ${limit} it may have`, {
      hint: 'Take a random part of the examples, or save them as float32 in a .npz file.',
    });
  }
  return reader;
}

function checkNumbers(path: string, name: string, { rows, columns, data }: FeatureMatrix): void {
  const refuse = refuseArray(path, name);
  if (data.length === 0) throw refuse(`is empty, ${shapeText([rows, columns])}`);
  const index = data.findIndex((value) => !Number.isFinite(value));
  if (index < 0) return;
  const [row, column] = [Math.floor(index / columns), index % columns];
  throw refuse(`has ${data[index]} in row ${row}, column ${column} (counted from 0)`, {
    hint: 'Remove or fill such examples first: numbers have to be finite.',
  });
}

function checkRows(matrices: readonly (readonly [string, FeatureMatrix])[]): void {
  const [first, ...others] = matrices;
  if (first === undefined) return;
  const [firstName, { rows }] = first;
  for (const [what, matrix] of others) {
    if (matrix.rows === rows) continue;
    throw new ShapeMismatchError(
      { what, expected: [rows, matrix.columns], received: [matrix.rows, matrix.columns] },
      { hint: `${firstName} has ${rows} rows: row i of every array belongs to the same example.` },
    );
  }
}

function missingArrays(
  paths: readonly string[],
  names: readonly string[],
  missing: readonly string[],
  present: readonly string[],
) {
  const problem = `${missing.length === 1 ? 'there is no array' : 'there are no arrays'} ${nameList(missing)} in it, only ${nameList(present)}`;
  const savez = `numpy.savez("samples.npz", ${names.map((name) => `${name}=…`).join(', ')})`;
  const hint = `Name arrays as ${savez} does; columns of a .csv as ${exampleHeadings(names)}; .npy files as the array, e.g. ${names.map((name) => `${name}.npy`).join(' ')}.`;
  return arrayError(paths.join(', '), problem, { hint });
}
