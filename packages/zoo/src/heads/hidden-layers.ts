import type { SymbolicTensor } from '@tensorflow/tfjs';
import { dense } from '../backbones/blocks';

/** ReLU layers `${name}-1`, `${name}-2` … one after the other; none for an empty list. */
export function hiddenLayers(
  input: SymbolicTensor,
  { units, seed, name }: { units: readonly number[]; seed: number; name: string },
): SymbolicTensor {
  return units.reduce(
    (output, count, index) =>
      dense(output, { name: `${name}-${index + 1}`, seed, units: count, activation: 'relu' }),
    input,
  );
}
