import { type CommonNetwork, type FactorNetwork, readModel } from '@factornet/core';
import {
  type CommonPackage,
  type FactorPackage,
  type InputDescription,
  MissingFileError,
  parseCommonManifest,
  parseFactorManifest,
  type TaskDescription,
} from '@factornet/spec';
import type { LayersModel } from '@tensorflow/tfjs';
import type { CommonSource, FactorSource } from '../sources';
import { checkCommonModel, checkFactorModels } from './check-models';

/** A common-knowledge network ready to run. */
export interface LoadedCommon {
  readonly source: CommonSource;
  readonly input: InputDescription;
  readonly features: number;
  readonly network: LayersModel;
  /** Releases the model, if it was loaded here. */
  release(): void;
}

/** A factor ready to run. */
export interface LoadedFactor {
  readonly source: FactorSource;
  readonly task: TaskDescription;
  readonly specific: LayersModel;
  readonly head: LayersModel;
  release(): void;
}

/** @throws NewerSpecError, InvalidManifestError */
export function checkCommonSource(source: CommonSource): void {
  if ('manifest' in source) parseCommonManifest(source.manifest, labelOf(source));
}

/** @throws NewerSpecError, InvalidManifestError */
export function checkFactorSource(source: FactorSource): void {
  if ('manifest' in source) parseFactorManifest(source.manifest, labelOf(source));
}

/** @throws MissingFileError, IntegrityError, ShapeMismatchError */
export async function loadCommon(source: CommonSource): Promise<LoadedCommon> {
  const packaged = 'manifest' in source;
  const { description, network } = packaged ? await readCommonPackage(source) : source;
  const common: LoadedCommon = {
    source,
    input: description.input,
    features: description.features.shape[0],
    network,
    release: () => packaged && network.dispose(),
  };
  return releasedOnError(common, () =>
    checkCommonModel(common, packaged ? labelOf(source) : 'the common network'),
  );
}

/** @throws MissingFileError, IntegrityError, ShapeMismatchError */
export async function loadFactor(source: FactorSource, common: LoadedCommon): Promise<LoadedFactor> {
  const packaged = 'manifest' in source;
  const { description, specific, head } = packaged ? await readFactorPackage(source) : source;
  const factor: LoadedFactor = {
    source,
    task: description.task,
    specific,
    head,
    release() {
      if (!packaged) return;
      specific.dispose();
      head.dispose();
    },
  };
  const label = packaged ? labelOf(source) : `the factor "${description.task.name}"`;
  return releasedOnError(factor, () => checkFactorModels(factor, common, label));
}

/** Waits for all, and releases those that were loaded if another was not. */
export async function loadAll<T extends { release(): void }>(loading: readonly Promise<T>[]): Promise<T[]> {
  const settled = await Promise.allSettled(loading);
  const failed = settled.find((result) => result.status === 'rejected');
  const loaded = settled.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []));
  if (failed === undefined) return loaded;
  for (const each of loaded) each.release();
  throw failed.reason;
}

async function readCommonPackage(source: CommonPackage): Promise<CommonNetwork> {
  const { model, ...description } = parseCommonManifest(source.manifest, labelOf(source));
  return { description, network: await readModel(model, locateIn(source)) };
}

async function readFactorPackage(source: FactorPackage): Promise<FactorNetwork> {
  const { specific, head, common, ...description } = parseFactorManifest(source.manifest, labelOf(source));
  const [first, second] = await Promise.allSettled([
    readModel(specific, locateIn(source)),
    readModel(head, locateIn(source)),
  ]);
  if (first.status === 'fulfilled' && second.status === 'fulfilled') {
    const { representation } = common;
    return { description: { ...description, representation }, specific: first.value, head: second.value };
  }
  for (const result of [first, second]) if (result.status === 'fulfilled') result.value.dispose();
  throw (first.status === 'rejected' ? first : (second as PromiseRejectedResult)).reason;
}

function locateIn(source: CommonPackage | FactorPackage) {
  return (file: string): URL => {
    const location = source.files[file];
    if (location !== undefined) return location;
    throw new MissingFileError(
      { path: `${labelOf(source)}: ${file}` },
      { hint: `The package names no location for it. Install it again: npm install ${labelOf(source)}` },
    );
  };
}

function labelOf({ name, version }: { name: string; version: string }): string {
  return `${name}@${version}`;
}

function releasedOnError<T extends { release(): void }>(loaded: T, check: () => void): T {
  try {
    check();
    return loaded;
  } catch (error) {
    loaded.release();
    throw error;
  }
}
