import type { Fusion } from './fusion';

/**
 * `z + t`, so both are of one length, which the head's input has, too.
 *
 * Source: Yang, Ye, Wang, arXiv 2207.03337.
 */
export const add = (): Fusion => ({
  type: 'add',
  formula: 'z + t',
  codeLength: (features) => features,
  headLength: (features) => features,
  fuse: (z, code) => z.add(code),
  layer: { className: 'Add', config: {} },
});
