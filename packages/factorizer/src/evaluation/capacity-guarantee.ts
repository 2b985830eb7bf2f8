import type { FactorNetwork } from '@factornet/core';
import type { InformationEvaluation } from './information-evaluation';
import type { PerTask } from './measured';

/** What a code's capacity says of every reader, whatever probes found; in nats. */
export interface CapacityGuarantee {
  /** The most that t tells about anything, by construction: `ln K` of a choice among K. */
  readonly capacity: number | 'infinite';
  /** `min(capacity, H(y))` of every other task, where there is a capacity. */
  readonly atMost?: PerTask;
  /**
   * `capacity − I(t; y_own)`, no less than 0: the most that is left for what is independent of its own task, since
   * `I(t; y_own) + I(t; y | y_own) ≤ I(t; y_own, y) ≤ capacity`. As sure as what was measured of its own task, a lower
   * bound in expectation.
   */
  readonly left?: number;
}

/**
 * What holds of each factor's code: `I(t; y) ≤ min(capacity, H(y))`. Of a code without a capacity nothing does, and only
 * what probes find is known.
 */
export function capacityGuarantees(
  factors: readonly FactorNetwork[],
  { labels, labelEntropy }: Pick<InformationEvaluation, 'labels' | 'labelEntropy'>,
): Record<string, CapacityGuarantee> {
  return Object.fromEntries(
    factors.map(({ description: { task, code } }): [string, CapacityGuarantee] => {
      const { name } = task;
      const { capacity } = code;
      if (capacity === 'infinite') return [name, { capacity }];
      const others = Object.entries(labelEntropy).filter(([to]) => to !== name);
      const own = labels[name]?.[name];
      const left = own === undefined ? {} : { left: Math.max(0, capacity - Math.max(0, own)) };
      const atMost = Object.fromEntries(others.map(([to, entropy]) => [to, Math.min(capacity, entropy)]));
      return [name, { capacity, atMost, ...left }];
    }),
  );
}
