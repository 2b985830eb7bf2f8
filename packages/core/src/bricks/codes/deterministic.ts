import type { Code } from './code';

/** t is what the network puts out. Nothing bounds what it tells, so its capacity is infinite. */
export const deterministic = (): Code => ({
  type: 'deterministic',
  settings: {},
  outputLengths: (length) => [length],
  shippedOutputs: 1,
  capacity: () => Number.POSITIVE_INFINITY,
  ship: ([code]) => code as never,
  layers: [],
});
