import { normalizeImages } from '@factornet/core';
import { readingsOfFactor } from '@factornet/core/internal';
import { randomStream } from '@factornet/core/training';
import { type Dataset, eachBatch } from '@factornet/data';
import { type InputDescription, PICTURE } from '@factornet/spec';
import { exp, type LayersModel, type Tensor, tensor1d, tidy, zeros } from '@tensorflow/tfjs';
import { codeDistribution } from './code-distribution';
import type { CommonPart } from './common-part';
import type { FactorPart } from './factor-part';
import { assignWeights } from './variables';

export interface PruneRequest {
  readonly common: Pick<CommonPart, 'offer'>;
  readonly description: FactorPart['description'];
  readonly specific: LayersModel;
  readonly input: InputDescription;
  readonly data: Dataset;
  /** Nats. A dimension that tells less about the picture is cut. */
  readonly below: number;
  /** How many examples to measure on. Default 1024. */
  readonly examples?: number;
  /** Chooses the examples, where there are more. Default 0. */
  readonly seed?: number;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Cuts the dimensions of t that carry nothing: those with `E_x KL(q(t_d|x) ‖ N(0, 1))`, an upper bound on
 * I(x; t_d), below a threshold. They become exactly the prior, mean 0 and variance 1 whatever the picture.
 *
 * The bottleneck makes most dimensions useless but leaves each a faint mean, far below its own noise. Used
 * without noise, as an assembled network does, those means would still tell a probe about the picture.
 *
 * @returns the bound per dimension in nats, before cutting
 * @throws CancelledError on `signal`; nothing is cut then
 */
export async function pruneDimensions(request: PruneRequest): Promise<Float32Array> {
  const { specific, below } = request;
  const information = await informationPerDimension(request);
  const kept = tensor1d(information.map((nats) => (nats < below ? 0 : 1)));
  for (const output of specific.outputs) {
    const layer = output.sourceLayer;
    const weights = tidy(() => layer.getWeights().map((weight) => weight.mul(kept)));
    assignWeights(layer, weights);
    for (const weight of weights) weight.dispose();
  }
  kept.dispose();
  return information;
}

async function informationPerDimension({
  common,
  description: { reads },
  specific,
  input,
  data,
  examples = 1024,
  seed = 0,
  signal,
}: PruneRequest): Promise<Float32Array> {
  const count = Math.min(examples, data.size);
  // The first ones of a folder would be of one class.
  const chosen = randomStream(seed, 'prune').permutation(data.size).subarray(0, count).sort();
  let total: Tensor = zeros([specific.outputs[0]?.shape[1] as number]);
  const pass = { indices: chosen, operation: 'Cutting dimensions', signal };
  try {
    await eachBatch(data, pass, ({ images, indices }) => {
      const next = tidy(() => {
        const picture = normalizeImages(images, input);
        // A network of pictures needs nothing of the common one.
        const alone = reads.every(({ from }) => from === PICTURE);
        const offered = alone ? { maps: {} } : common.offer({ indices, picture });
        const read = readingsOfFactor(reads, { picture, ...offered });
        const { mean, logVariance } = codeDistribution(specific.predictOnBatch(read));
        const divergence = mean.square().add(exp(logVariance)).sub(1).sub(logVariance).div(2);
        return total.add(divergence.sum(0));
      });
      total.dispose();
      total = next;
    });
    const sums = await total.data<'float32'>();
    return sums.map((sum) => sum / count);
  } finally {
    total.dispose();
  }
}
