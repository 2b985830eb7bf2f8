import { HEAP_BYTES } from '@factornet/spec/heap';
import { StepTooLargeError } from '@factornet/spec/training';
import { getBackend, type LayersModel, util } from '@tensorflow/tfjs';

type Layer = LayersModel['layers'][number];

/**
 * Copies of a layer's output that live at the peak of a step on the WASM backend, as `step-memory.alone.test.ts` measures
 * them: what the gradient keeps, and gradients, which live until the backward pass ends.
 */
function copiesOf(layer: Layer): number {
  const { activation, maxValue } = layer.getConfig() as { activation?: string; maxValue?: number };
  const kind = layer.getClassName();
  if (kind.includes('Conv')) return activation === undefined || activation === 'linear' ? 2 : 5;
  if (kind === 'BatchNormalization') return 7;
  if (kind === 'ReLU' || kind === 'Activation') return maxValue === 6 || activation === 'relu6' ? 4 : 2;
  return 0;
}

/** Bytes that a training step takes: for each picture, and for gradients of the weights. */
export function stepMemory(networks: readonly LayersModel[]): { perPicture: number; weights: number } {
  const layers = networks.flatMap((network) => network.layers);
  const values = layers.map((layer) => {
    const copies = copiesOf(layer);
    return copies === 0 ? 0 : copies * util.sizeFromShape(layer.outputShape.slice(1) as number[]);
  });
  const perPicture = values.reduce((sum, each) => sum + each, 0) * 4;
  const weights = networks.reduce((sum, network) => sum + network.countParams() * 4, 0);
  return { perPicture, weights };
}

/** The largest batch whose step surely fits on one WASM heap. */
export function largestBatch(networks: readonly LayersModel[]): number {
  const { perPicture, weights } = stepMemory(networks);
  // Some percent are not in the estimate, nor what else lies on the heap: weights twice more, critics, pictures.
  return Math.floor((0.9 * HEAP_BYTES - 3 * weights) / perPicture);
}

/**
 * Says before the first step that a step will not fit on the WASM heap. The estimate is low by some percent, so that
 * nothing is refused that fits; what is not refused here may still find no room, which leaves the weights as they were.
 *
 * @param batchSize pictures that one thread computes on
 * @throws StepTooLargeError
 */
export function refuseLargeSteps(networks: readonly LayersModel[], batchSize: number): void {
  if (getBackend() !== 'wasm') return;
  const { perPicture, weights } = stepMemory(networks);
  const bytes = batchSize * perPicture + weights;
  if (bytes <= HEAP_BYTES) return;
  const largest = Math.max(0, largestBatch(networks));
  const hint =
    largest < 2
      ? 'Train on smaller pictures, or with a smaller network.'
      : `Use a batch of ${largest} for each worker, or more workers: each has a heap.`;
  throw new StepTooLargeError({ batchSize, bytes, heap: HEAP_BYTES, largest }, { hint });
}
