import { columnsOf, discreteMutualInformation } from '@factornet/core/samples';
import type { Metric } from '../metric';
import { checkBins, discretise } from './discretise';
import { drawCodes } from './examples';
import type { DiscretisedOptions } from './mig';

/**
 * What codes tell about each other: the mean of `I(bin(z_c); bin(z_d))` over all pairs `c ≠ d`, in nats, from counts. 0
 * for independent codes up to the bias of counts, about `(bins − 1)² / 2N`: 0.018 at 20 bins and 10,000 examples.
 *
 * Does not look at factors. A single code has no pair and scores 0, with a note. A sampler is asked for 10,000 examples.
 *
 * Source: the "mutual information score" of Locatello et al. (arXiv 1811.12359), as in disentanglement_lib.
 *
 * @throws InvalidOptionError for `bins` below 2; when measured, on fewer than two examples
 * @example
 * const { value } = await codeInformation().measure({ codes, factors });
 */
export function codeInformation({ bins = 20 }: DiscretisedOptions = {}): Metric {
  checkBins(bins);
  const name = 'code-information';
  return {
    name,
    range: [0, Math.log(bins)],
    better: 'low',
    needsFactors: false,
    async measure(representation, run) {
      const codes = columnsOf(await drawCodes(name, representation, run)).map((code) =>
        discretise(code, bins),
      );
      const information: number[][] = codes.map(() => []);
      let sum = 0;
      for (const [row, left] of codes.entries()) {
        for (const [column, right] of codes.entries()) {
          const known = column < row ? information[column]?.[row] : undefined;
          const nats = column === row ? 0 : (known ?? discreteMutualInformation(left, right));
          information[row]?.push(nats);
          sum += nats;
        }
      }
      const pairs = codes.length * (codes.length - 1);
      return {
        metric: name,
        value: pairs === 0 ? 0 : sum / pairs,
        details: {
          unit: 'nats',
          information,
          notes: pairs === 0 ? ['There is one code, so there is no pair.'] : [],
        },
      };
    },
  };
}
