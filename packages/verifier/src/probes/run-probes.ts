import type { CodeOptions, FactorModels, FusionOptions } from '@factornet/core';
import { findCode, findFusion } from '@factornet/core/internal';
import {
  decodeProbes,
  evaluateFeatures,
  evaluateLogits,
  type ProbeValues,
  probeDeviation,
  probeLayout,
  toleranceOn,
} from '@factornet/core/probes';
import { checkFeatures, checkLogits } from '@factornet/packer';
import {
  BackendUnavailableError,
  type CommonManifest,
  type FactorManifest,
  FactornetError,
  type KindOptions,
  ProbeMismatchError,
  RefusedPackageError,
} from '@factornet/spec';
import { getBackend, type LayersModel } from '@tensorflow/tfjs';
import type { PackageFiles } from '../files/read-files';
import type { PackedModels } from '../models/inspect-models';
import { printable } from '../package-json/package-json';
import { evaluateWithin, type ProbeBudget } from './evaluate-within';

/** How far this machine's values are from the golden ones. */
export interface ProbeOutcome {
  readonly values: ProbeValues;
  readonly backend: string;
  readonly deviation: number;
  readonly tolerance: number;
}

/**
 * Runs golden probes on the current backend: pictures to features for a common-knowledge network; pictures and the
 * features that go with them to logits for a factor.
 *
 * @param source `name@version`, for messages
 * @throws IntegrityError if the file is not as long as the manifest says
 * @throws ProbeMismatchError
 * @throws NonFiniteOutputError if answers to these, or to a black or white picture, are NaN or infinite
 * @throws RefusedPackageError (`topology`) if TensorFlow.js cannot run a model, (`size`) if probes take too long
 */
export async function runProbes(
  manifest: CommonManifest | FactorManifest,
  models: PackedModels,
  files: PackageFiles,
  source: string,
  { codes, fusions, kinds, ...budget }: ProbeBudget & CodeOptions & FusionOptions & KindOptions,
): Promise<ProbeOutcome> {
  const { file, tolerance } = manifest.probes;
  const bytes = files.get(file.path) as Uint8Array<ArrayBuffer>;
  const values = decodeProbes(bytes, probeLayout(manifest, { kinds }), `${file.path} of ${source}`);
  const network = (role: string) => models[role]?.network as LayersModel;
  const { check, evaluate } =
    manifest.kind === 'common'
      ? ofCommon(network('common'), manifest, source)
      : ofFactor(
          {
            description: manifest,
            code: findCode(manifest.code, source, { codes }),
            fusion: findFusion(manifest.fusion, source, { fusions }),
            specific: network('specific'),
            head: network('head'),
          },
          manifest,
          source,
        );
  const received = await refusingToRun(source, () => evaluateWithin(evaluate, values, source, budget));
  const outcome = {
    backend: getBackend(),
    deviation: probeDeviation(values.logits ?? values.features, received),
    tolerance: toleranceOn(getBackend(), tolerance),
  };
  const what = manifest.kind === 'common' ? 'features' : 'logits';
  if (!(outcome.deviation <= outcome.tolerance)) throw new ProbeMismatchError({ source, what, ...outcome });
  await refusingToRun(source, () => check(values.features.slice(0, values.features.length / values.count)));
  return { values, ...outcome };
}

/** How a network answers golden probes, and how it is checked on pictures of ours. */
interface Probing {
  evaluate(picture: Uint8Array, features: Float32Array): Promise<Float32Array>;
  check(features: Float32Array): Promise<void>;
}

function ofCommon(network: LayersModel, { input }: CommonManifest, source: string): Probing {
  return {
    evaluate: (picture) => evaluateFeatures(network, input, picture, source),
    check: () => checkFeatures(network, input, source),
  };
}

function ofFactor(factor: FactorModels, { probes: { input } }: FactorManifest, source: string): Probing {
  return {
    evaluate: (picture, features) => evaluateLogits(factor, input, picture, features, source),
    check: (features) => checkLogits(factor, input, features, source),
  };
}

/** Inspection foresees what TensorFlow.js takes; what it does not foresee is still no crash. */
export async function refusingToRun<T>(source: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (cause) {
    // The backend worked when this package's turn came.
    const trapped = BackendUnavailableError.isInstance(cause);
    if (FactornetError.isInstance(cause) && !trapped) throw cause;
    const found = `TensorFlow.js does not run it: ${printable(cause instanceof Error ? cause.message : String(cause))}`;
    throw new RefusedPackageError({ source, rule: 'topology', found }, { cause });
  }
}
