import type { Tensor } from '@tensorflow/tfjs';
import type { CheckpointStore, TrainingState } from '../training/checkpoint';

/** Keeps a run's state in memory. */
export function memoryCheckpoint(): CheckpointStore & { saved: () => TrainingState | undefined } {
  let state: TrainingState | undefined;
  const copy = ({ tensors, ...rest }: TrainingState): TrainingState => ({
    ...rest,
    tensors: new Map([...tensors].map(([name, tensor]): [string, Tensor] => [name, tensor.clone()])),
  });
  const forget = () => {
    for (const tensor of state?.tensors.values() ?? []) tensor.dispose();
    state = undefined;
  };
  return {
    async save(next) {
      const copied = copy(next);
      forget();
      state = copied;
    },
    load: async () => state && copy(state),
    clear: async () => forget(),
    saved: () => state,
  };
}
