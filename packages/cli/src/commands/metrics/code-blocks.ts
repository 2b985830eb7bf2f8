import { InvalidArgumentError } from 'commander';

/** Which columns of codes belong together. */
export type NamedBlocks = Readonly<Record<string, readonly number[]>>;

/** More columns than a file of arrays may have. */
const MOST_COLUMNS = 2 ** 20;

/** `z=0-15,shape=16-19+24`, repeatable: names with columns, counted from 0, a range including both ends. */
export function codeBlocks(text: string, earlier: NamedBlocks = {}): NamedBlocks {
  const blocks = new Map(Object.entries(earlier));
  for (const part of text.split(',')) {
    const [, name = '', columns = ''] = /^\s*([^=\s]+)\s*=\s*(\d+(?:[-+]\d+)*)\s*$/.exec(part) ?? [];
    if (name === '') throw expected(`"${part}" is no block.`);
    if (blocks.has(name)) throw expected(`The block "${name}" is given twice.`);
    blocks.set(name, columns.split('+').flatMap(columnRange));
  }
  return Object.fromEntries(blocks);
}

function columnRange(text: string): readonly number[] {
  const ends = text.split('-').map(Number);
  const [first = 0, last = first] = ends;
  if (ends.length > 2 || last < first || last >= MOST_COLUMNS) throw expected(`"${text}" is no range.`);
  return Array.from({ length: last - first + 1 }, (_, offset) => first + offset);
}

function expected(problem: string): InvalidArgumentError {
  return new InvalidArgumentError(
    `${problem} Expected NAME=COLUMNS,… such as z=0-15,shape=16-19+24 (from 0).`,
  );
}
