import type { LayerDescription } from './read-topology';

/**
 * What one value of an activation takes, in multiply–accumulate operations of a convolution on the same backend (0.1 ns on
 * wasm, 5 ns on cpu), rounded; the higher of wasm's and cpu's. Of others it is one.
 */
const COSTS: Readonly<Record<string, number>> = {
  mish: 600,
  softplus: 320,
  tanh: 320,
  log_softmax: 230,
  gelu: 170,
  selu: 170,
  softmax: 100,
  swish: 45,
  softsign: 40,
  hard_sigmoid: 30,
  sigmoid: 25,
  elu: 20,
};

/** Of one value that a layer puts out. */
export const costOf = ({ className, values }: LayerDescription): number =>
  COSTS[String(values.activation ?? className).toLowerCase()] ?? 1;
