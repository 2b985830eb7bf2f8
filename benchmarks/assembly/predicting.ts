import { assemble } from '@factornet/assembler';
import { add, codeOf, factorLogits, gaussian, normalizeImages } from '@factornet/core';
import type { InputDescription } from '@factornet/spec';
import {
  dispose,
  type LayersModel,
  randomUniform,
  type Tensor2D,
  type Tensor4D,
  tidy,
} from '@tensorflow/tfjs';
import type { Repeats } from '../wasm/timing';
import { loadPlainly } from './loading';
import type { PackedNetworks } from './packed-networks';
import { timePairs } from './time-pairs';

export interface PredictingFigures {
  /** `predict` of ten factors over the own times of the common-knowledge network and of the ten factors. */
  readonly overOwnTimes: number;
  /** The same over ten complete networks, each a common-knowledge network with one factor. */
  readonly overSeparateNetworks: number;
  readonly milliseconds: Readonly<Record<'assembled' | 'common' | 'factors' | 'separate', number>>;
}

/**
 * Predicts a batch with ten factors. Own times: `predictOnBatch` of the loaded models, the common-knowledge network on
 * pictures that it normalizes, then each task-specific network on the normalized ones with its head; logits are read.
 */
export async function measurePredicting(
  { common, factors }: PackedNetworks,
  batch: number,
  repeats: Repeats,
): Promise<PredictingFigures> {
  const settings = structuredClone(common.manifest.input) as InputDescription;
  const [height, width, channels] = settings.shape;
  const images: Tensor4D = randomUniform([batch, height, width, channels], 0, 1, 'float32', 1);
  const network = await assemble(common, factors);
  const separate = await Promise.all(factors.map((factor) => assemble(common, [factor])));
  const [trunk] = (await Promise.all(loadPlainly(common))) as [LayersModel];
  const pairs = await Promise.all(
    factors.map(async (factor) => (await Promise.all(loadPlainly(factor))) as [LayersModel, LayersModel]),
  );
  const reads = [{ from: 'picture', shape: settings.shape, backbone: { name: 'loaded', options: {} } }];
  const mean = { code: gaussian(), description: { reads } };
  const normalized = normalizeImages(images, settings);
  const features = trunk.predictOnBatch(normalized) as Tensor2D;
  const nothing = () => {};
  try {
    const { milliseconds, figure } = await timePairs(
      {
        assembled: async () => {
          await network.predict(images);
          return nothing;
        },
        common: async () => {
          await read(() => trunk.predictOnBatch(normalizeImages(images, settings)) as Tensor2D);
          return nothing;
        },
        factors: async () => {
          for (const [specific, head] of pairs) {
            await read(() => {
              return factorLogits(
                { fusion: add(), head },
                features,
                codeOf({ ...mean, specific }, { picture: normalized, maps: {} }),
              );
            });
          }
          return nothing;
        },
        separate: async () => {
          for (const each of separate) await each.predict(images);
          return nothing;
        },
      },
      repeats,
    );
    return {
      overOwnTimes: figure((round) => round.assembled / (round.common + round.factors)),
      overSeparateNetworks: figure((round) => round.assembled / round.separate),
      milliseconds,
    };
  } finally {
    dispose([images, normalized, features]);
    for (const each of [network, ...separate, trunk, ...pairs.flat()]) each.dispose();
  }
}

async function read(evaluate: () => Tensor2D): Promise<void> {
  const values = tidy(evaluate);
  await values.data();
  values.dispose();
}
