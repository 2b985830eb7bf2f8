import type { Fusion } from './fusion';

/** `[z, t]`, one behind the other: a code may have a length of its own, and the head tells them apart. */
export const concatenate = (): Fusion => ({
  type: 'concatenate',
  formula: '[z, t]',
  codeLength: (_, liked) => liked,
  headLength: (features, code) => features + code,
  fuse: (z, code) => z.concat(code, 1),
  layer: { className: 'Concatenate', config: { axis: -1 } },
});
