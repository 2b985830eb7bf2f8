import type { CodeOptions } from '@factornet/core';
import { findCode } from '@factornet/core/internal';
import { evaluateCodes, type ProbeValues, readLengths } from '@factornet/core/probes';
import { randomStream } from '@factornet/core/training';
import { type FactorManifest, RefusedPackageError } from '@factornet/spec';
import type { LayersModel } from '@tensorflow/tfjs';
import { evaluateWithin, type ProbeBudget } from '../probes/evaluate-within';
import { refusingToRun } from '../probes/run-probes';
import type { PackedModels } from './inspect-models';

/** How many inputs are drawn besides golden probes, which the author chose. */
const DRAWS = 8;

/**
 * Holds a factor to the capacity that its manifest states: over golden probes and over random pictures and maps, which are
 * like nothing it was trained on, it ships at most `e^capacity` different codes, of the stated length. (That the capacity is
 * the one of such a code, `findCode` checks with the manifest.)
 *
 * @param source `name@version`, for messages
 * @returns what was found, in words
 * @throws RefusedPackageError (`capacity`), (`topology`) if TensorFlow.js cannot run the model, (`size`) if that takes too long
 * @throws NonFiniteOutputError
 */
export async function checkCapacity(
  manifest: FactorManifest,
  models: PackedModels,
  golden: ProbeValues,
  source: string,
  { codes, ...budget }: ProbeBudget & CodeOptions,
): Promise<string> {
  const { type, length, capacity } = manifest.code;
  if (capacity === 'infinite') return `${type}, ${length} numbers: nothing bounds what they tell`;
  const factor = {
    description: manifest,
    code: findCode(manifest.code, source, { codes }),
    specific: models.specific?.network as LayersModel,
  };
  const different = new Set<string>();
  const { input } = manifest.probes;
  const evaluate = (picture: Uint8Array, offered: Float32Array) =>
    evaluateCodes(factor, input, picture, offered, source);
  for (const values of [golden, drawnInputs(manifest)]) {
    const shipped = await refusingToRun(source, () => evaluateWithin(evaluate, values, source, budget));
    for (let start = 0; start < shipped.length; start += length) {
      different.add(shipped.subarray(start, start + length).join());
    }
  }
  const most = Math.floor(Math.exp(capacity) * (1 + 1e-9));
  const pictures = golden.count + DRAWS;
  if (different.size > most) {
    const found = `it ships ${different.size} different codes for ${pictures} pictures, and its capacity of ${capacity} nats allows ${most}`;
    throw new RefusedPackageError({ source, rule: 'capacity', found });
  }
  return `${type}, ${length} numbers: ${capacity.toPrecision(3)} nats, ${different.size} of ${most} codes for ${pictures} pictures`;
}

/** Noise in the place of pictures, features and maps. */
function drawnInputs({ reads, probes }: FactorManifest) {
  const stream = randomStream(1, 'capacity');
  const size = probes.input.shape.reduce((product, axis) => product * axis, 1);
  const width = readLengths({ reads, probes }).reduce((sum, length) => sum + length, 0);
  return {
    count: DRAWS,
    pictures: Uint8Array.from({ length: DRAWS * size }, () => stream.integer(256)),
    features: Float32Array.from({ length: DRAWS * width }, () => 3 * stream.normal()),
  };
}
