import type { CodeOptions, FusionOptions } from '@factornet/core';
import { findCode, findFusion, type Reading, readPackedModel } from '@factornet/core/internal';
import { type FactorManifest, type KindOptions, type ModelFiles, taskKinds } from '@factornet/spec';
import { kindOf } from '@factornet/spec/internal';
import type { LayersModel } from '@tensorflow/tfjs';
import { locateIn } from '../packages/locate-file';
import { labelOf, type ReadCommon, type ReadFactor } from '../packages/read-source';
import { checkFactorModels, checkTrunkModel } from './check-models';
import { type LoadedFactor, type LoadedTrunk, loadAll, releasedOnError } from './loaded';

/**
 * Loads a common-knowledge network; one in memory is taken as it is.
 *
 * @throws MissingFileError, IntegrityError, RefusedPackageError, ShapeMismatchError, CancelledError
 */
export async function loadTrunk(source: ReadCommon, reading?: Reading): Promise<LoadedTrunk> {
  const packaged = 'manifest' in source;
  const { input, features, maps } = packaged ? source.manifest : source.description;
  const label = packaged ? labelOf(source) : 'the common network';
  const network = packaged
    ? await readPackedModel(
        source.manifest.model,
        locateIn(source),
        label,
        reading,
        source.manifest.probes.count,
      )
    : source.network;
  const trunk: LoadedTrunk = {
    source,
    label,
    input,
    features: features.shape[0],
    maps,
    network,
    release: () => packaged && network.dispose(),
  };
  return releasedOnError(trunk, () => checkTrunkModel(trunk));
}

/**
 * Loads a factor for a common-knowledge network, which need not be loaded yet; one in memory is taken as it is.
 *
 * @throws MissingFileError, IntegrityError, RefusedPackageError, ShapeMismatchError, CancelledError
 * @throws InvalidManifestError if a package's fusion is not among `fusions`, its code not among `codes`, or it reads a map
 * that the common-knowledge network does not offer
 * @throws InvalidOptionError if the task's kind is not among `kinds`
 */
export async function loadFactor(
  source: ReadFactor,
  common: ReadCommon,
  options?: Reading & CodeOptions & FusionOptions & KindOptions,
): Promise<LoadedFactor> {
  const packaged = 'manifest' in source;
  const description = packaged ? source.manifest : source.description;
  const { task, logitScale, temperature } = description;
  const label = packaged ? labelOf(source) : `the factor "${task.name}"`;
  const fusion = packaged ? findFusion(source.manifest.fusion, label, options) : source.fusion;
  const code = packaged ? findCode(source.manifest.code, label, options) : source.code;
  const { specific, head } = packaged ? await readModels(source.manifest, source, label, options) : source;
  const factor: LoadedFactor = {
    source,
    label,
    task,
    kind: kindOf(task, options?.kinds ?? taskKinds),
    logitScale,
    temperature,
    description,
    code,
    fusion,
    specific,
    head,
    release() {
      if (!packaged) return;
      specific.dispose();
      head.dispose();
    },
  };
  const offered = 'manifest' in common ? common.manifest : common.description;
  return releasedOnError(factor, () => checkFactorModels(factor, offered));
}

async function readModels(
  { specific, head, probes }: FactorManifest,
  source: Parameters<typeof locateIn>[0],
  label: string,
  reading: Reading | undefined,
): Promise<{ specific: LayersModel; head: LayersModel }> {
  const read = async (files: ModelFiles) => {
    const model = await readPackedModel(files, locateIn(source), label, reading, probes.count);
    return { model, release: () => void model.dispose() };
  };
  const [first, second] = await loadAll([read(specific), read(head)]);
  return { specific: first?.model as LayersModel, head: second?.model as LayersModel };
}
