import { randomStream } from '@factornet/core/training';

/** The seed of one layer's initializer: a function of the network's seed and the layer's name alone. */
export function layerSeed(seed: number, layerName: string): number {
  return randomStream(seed, layerName).integer(2 ** 31 - 1);
}
