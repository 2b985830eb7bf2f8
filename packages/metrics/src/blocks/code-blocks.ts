import type { FeatureMatrix } from '@factornet/core/samples';
import { at } from '@factornet/core/samples';
import { InvalidOptionError } from '@factornet/spec';
import type { Representation } from '../representation';
import { isSampler } from '../sampling/check-representation';

/** Name → which columns of the codes are its; a block stands for one representation of several numbers, z or a t_j. */
export type CodeBlocks = Readonly<Record<string, readonly number[]>>;

export interface BlockOptions {
  /** Columns in no block do not count. */
  blocks: CodeBlocks;
}

/**
 * @throws InvalidOptionError for fewer than `atLeast` blocks, an empty one, or a column that is no whole number from 0 or
 * in two places
 */
export function checkBlocks(blocks: CodeBlocks, atLeast: number): void {
  const names = Object.keys(blocks);
  if (names.length < atLeast) {
    const expected = atLeast === 1 ? 'one block at least' : 'two blocks at least, to compare';
    throw new InvalidOptionError({ option: 'blocks', expected, received: names });
  }
  const seen = new Set<number>();
  for (const [name, columns] of Object.entries(blocks)) {
    const option = `blocks.${name}`;
    if (columns.length === 0)
      throw new InvalidOptionError({ option, expected: 'not empty', received: columns });
    for (const column of columns) {
      if (!Number.isInteger(column) || column < 0) {
        throw new InvalidOptionError({ option, expected: 'made of whole numbers from 0', received: column });
      }
      if (seen.has(column)) {
        throw new InvalidOptionError({ option, expected: 'free of columns named before', received: column });
      }
      seen.add(column);
    }
  }
}

/** The columns of one block, `[examples, columns of the block]`. @throws InvalidOptionError for a column that is not there */
export function blockOf(codes: FeatureMatrix, blocks: CodeBlocks, name: string): FeatureMatrix {
  const chosen = blocks[name] as readonly number[];
  const missing = chosen.find((column) => column >= codes.columns);
  if (missing !== undefined) {
    throw new InvalidOptionError({
      option: `blocks.${name}`,
      expected: `below ${codes.columns}, the number of codes`,
      received: missing,
    });
  }
  const data = new Float64Array(codes.rows * chosen.length);
  for (let row = 0; row < codes.rows; row++) {
    for (const [to, from] of chosen.entries()) {
      data[row * chosen.length + to] = at(codes, row, from);
    }
  }
  return { rows: codes.rows, columns: chosen.length, data };
}

/** The representation of the columns in blocks alone, block after block. */
export function onlyBlocks(representation: Representation, blocks: CodeBlocks): Representation {
  const all = { all: Object.values(blocks).flat() };
  if (!isSampler(representation)) {
    return { ...representation, codes: blockOf(representation.codes, all, 'all') };
  }
  return {
    factorSizes: representation.factorSizes,
    encode: async (factors) => blockOf(await representation.encode(factors), all, 'all'),
  };
}
