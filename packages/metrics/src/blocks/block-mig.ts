import { gapShares } from '../disentanglement/mig';
import { mean } from '../disentanglement/top-two-gap';
import { classifierInformation } from '../leakage/classifier-information';
import type { LabelInformation } from '../leakage/label-information';
import type { Metric } from '../metric';
import { blockInformation } from './block-information';
import { type BlockOptions, checkBlocks } from './code-blocks';

export interface BlockInformationOptions extends BlockOptions {
  /** Of what a block tells about a factor. Default `classifierInformation()`, a lower bound. */
  estimator?: LabelInformation;
}

/**
 * The information gap between blocks: how much more the best block tells about a factor than the second best,
 * `mean_k (I_(1),k − I_(2),k) / H(v_k)` with `I[b, k] = I(block_b; v_k)`. In [0, 1].
 *
 * For representations of several numbers, z or t_j, as a whole. This is **not MIG** and must not be compared with it:
 * information of a block is what all its numbers tell together, estimated on examples not learnt from (`estimator`), not
 * the largest of single numbers cut into bins; how numbers are arranged within a block, rotations included, does not
 * matter to it. With the default both terms of the gap are lower bounds, so that the gap is neither bound.
 *
 * A sampler is asked for 10,000 examples to learn from and 5,000 more; fixed arrays are dealt out two to one. Factors with
 * a single value are left out, with a note.
 *
 * @throws InvalidOptionError for fewer than two blocks, an empty one, or a column named twice; when measured, for a column
 * that is not there or without a factor that varies
 * @example
 * const metric = blockMIG({ blocks: { z: [0, 1, 2, 3], shape: [4, 5], hue: [6, 7] } });
 * const { value } = await metric.measure({ codes, factors });
 */
export function blockMIG({ blocks, estimator = classifierInformation() }: BlockInformationOptions): Metric {
  checkBlocks(blocks, 2);
  const name = 'block-mig';
  return {
    name,
    range: [0, 1],
    better: 'high',
    needsFactors: true,
    async measure(representation, run) {
      const found = await blockInformation(
        name,
        representation,
        { blocks, estimator, atLeastFactors: 1 },
        run,
      );
      const perFactor = gapShares(found.information, found.entropies);
      return {
        metric: name,
        value: mean(perFactor),
        details: {
          estimator: estimator.name,
          blocks: Object.keys(blocks),
          information: found.estimated,
          entropies: found.entropies,
          factors: found.factors,
          perFactor: [...perFactor],
          notes: found.notes,
        },
      };
    },
  };
}
