import { rowModularities } from '../disentanglement/modularity';
import { mean } from '../disentanglement/top-two-gap';
import { classifierInformation } from '../leakage/classifier-information';
import type { Metric } from '../metric';
import { blockInformation } from './block-information';
import type { BlockInformationOptions } from './block-mig';
import { checkBlocks } from './code-blocks';

/**
 * Whether each block tells about one factor only: modularity, `mean_b [1 − (Σ_k I² − max²) / (max² (K − 1))]`, of
 * `I[b, k] = I(block_b; v_k)`. In [0, 1]; a block that tells nothing scores 0.
 *
 * **Not modularity** of single codes: see `blockMIG` for what information of a block is and for what is drawn.
 *
 * @throws InvalidOptionError for no block, an empty one, or a column named twice; when measured, for a column that is not
 * there or fewer than two factors that vary
 * @example
 * const { value } = await blockModularity({ blocks: { shape: [0, 1], hue: [2, 3] } }).measure({ codes, factors });
 */
export function blockModularity({
  blocks,
  estimator = classifierInformation(),
}: BlockInformationOptions): Metric {
  checkBlocks(blocks, 1);
  const name = 'block-modularity';
  return {
    name,
    range: [0, 1],
    better: 'high',
    needsFactors: true,
    async measure(representation, run) {
      const found = await blockInformation(
        name,
        representation,
        { blocks, estimator, atLeastFactors: 2 },
        run,
      );
      const perBlock = rowModularities(found.information);
      return {
        metric: name,
        value: mean(perBlock),
        details: {
          estimator: estimator.name,
          blocks: Object.keys(blocks),
          information: found.estimated,
          factors: found.factors,
          perBlock: [...perBlock],
          notes: found.notes,
        },
      };
    },
  };
}
