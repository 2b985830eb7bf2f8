import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { type Assembly, assemble } from '@factornet/assembler';
import type { CommonPackage, FactorPackage, Immutable, ModelFiles } from '@factornet/spec';
import { type io, type LayersModel, loadLayersModel } from '@tensorflow/tfjs';
import type { Repeats } from '../wasm/timing';
import type { PackedNetworks } from './packed-networks';
import { timePairs } from './time-pairs';

/** Of each way to load, in a round. */
const RUNS = 5;

export interface LoadingFigures {
  /** `assemble(common, ten factors)` over `tf.loadLayersModel` of the same 21 models. */
  readonly overPlainLoading: number;
  /** The same with files read by `readFileSync`, as no handler of TensorFlow.js does. */
  readonly overSynchronousLoading: number;
  /** The same over ten assemblies of one factor each. */
  readonly overSeparateNetworks: number;
  readonly milliseconds: Readonly<Record<'assembled' | 'plain' | 'synchronous' | 'separate', number>>;
}

/**
 * Loads and assembles ten factors of one common-knowledge network from folders. The measure is what TensorFlow.js alone
 * needs for the same models from the same files, all at once, each read as `tf.io.fileSystem` of tfjs-node reads it:
 * without checking digests, shapes or manifests.
 */
export async function measureLoading(
  { common, factors }: PackedNetworks,
  repeats: Repeats,
): Promise<LoadingFigures> {
  const { milliseconds, figure } = await timePairs(
    {
      assembled: async () => {
        const network = await assemble(common, factors);
        return () => network.dispose();
      },
      plain: async () => {
        const models = await Promise.all([common, ...factors].flatMap((each) => loadPlainly(each)));
        return () => models.forEach((model) => void model.dispose());
      },
      synchronous: async () => {
        const read = async (file: URL) => readFileSync(file);
        const models = await Promise.all([common, ...factors].flatMap((each) => loadPlainly(each, read)));
        return () => models.forEach((model) => void model.dispose());
      },
      separate: async () => {
        const networks: Assembly[] = [];
        for (const factor of factors) networks.push(await assemble(common, [factor]));
        return () => networks.forEach((network) => void network.dispose());
      },
    },
    repeats,
    RUNS,
  );
  return {
    overPlainLoading: figure(({ assembled, plain }) => assembled / plain),
    overSynchronousLoading: figure(({ assembled, synchronous }) => assembled / synchronous),
    overSeparateNetworks: figure(({ assembled, separate }) => assembled / separate),
    milliseconds,
  };
}

/** The models of a package, with nothing but TensorFlow.js and `fs`. */
export function loadPlainly(
  { manifest, files }: CommonPackage | FactorPackage,
  read: (file: URL) => Promise<Buffer> = (file) => readFile(file),
): Promise<LayersModel>[] {
  const models = manifest.kind === 'common' ? [manifest.model] : [manifest.specific, manifest.head];
  return models.map(({ topology, weights }: Immutable<ModelFiles>) =>
    loadLayersModel({
      load: async (): Promise<io.ModelArtifacts> => {
        const json = await read(files[topology.path] as URL);
        const { modelTopology, weightsManifest } = JSON.parse(json.toString());
        const { buffer, byteOffset, byteLength } = await read(files[weights.path] as URL);
        return {
          modelTopology,
          weightSpecs: weightsManifest[0].weights,
          weightData: buffer.slice(byteOffset, byteOffset + byteLength) as ArrayBuffer,
        };
      },
    }),
  );
}
