import { featureMatrix } from '@factornet/core/samples';
import { rowsOf } from '../disentanglement/columns';
import { dci } from '../disentanglement/dci';
import { completenessOf, disentanglementOf } from '../disentanglement/importance-scores';
import type { Metric } from '../metric';
import { type BlockOptions, type CodeBlocks, checkBlocks, onlyBlocks } from './code-blocks';

/**
 * Disentanglement and completeness of blocks: those of DCI, from the importance of a block, which is the sum of the
 * importances of its numbers, `R[b, k] = Σ_{d in b} R[d, k]`. In [0, 1].
 *
 * **Not DCI**: several numbers of one block may share a factor without a loss, and there are fewer rows than codes, so that
 * completeness is to another base. `details` has `completeness`, `informativeness`, `informativenessTrain` and
 * `importances` `[blocks][factors]`. Trees see the columns that are in a block, and no others. Draws examples and takes
 * time as `dci`.
 *
 * @throws InvalidOptionError for no block, an empty one, or a column named twice; when measured, as `dci`, and for a column
 * that is not there
 * @example
 * const { value } = await blockDCI({ blocks: { shape: [0, 1], hue: [2, 3] } }).measure({ codes, factors });
 */
export function blockDCI({ blocks }: BlockOptions): Metric {
  checkBlocks(blocks, 1);
  const name = 'block-dci';
  return {
    name,
    range: [0, 1],
    better: 'high',
    needsFactors: true,
    async measure(representation, { onProgress, ...run } = {}) {
      const { details } = await dci().measure(onlyBlocks(representation, blocks), {
        ...run,
        onProgress: (progress) => onProgress?.({ ...progress, metric: name }),
      });
      const importances = featureMatrix(sumBlocks(details.importances as number[][], blocks));
      return {
        metric: name,
        value: disentanglementOf(importances),
        details: {
          completeness: completenessOf(importances),
          informativeness: details.informativeness,
          informativenessTrain: details.informativenessTrain,
          blocks: Object.keys(blocks),
          importances: rowsOf(importances),
          notes: details.notes ?? [],
        },
      };
    },
  };
}

/** Sums of rows that follow each other, as many as each block has columns. */
function sumBlocks(rows: readonly (readonly number[])[], blocks: CodeBlocks): number[][] {
  let start = 0;
  return Object.values(blocks).map(({ length }) => {
    const members = rows.slice(start, start + length);
    start += length;
    return (members[0] as readonly number[]).map((_, factor) =>
      members.reduce((sum, row) => sum + (row[factor] as number), 0),
    );
  });
}
