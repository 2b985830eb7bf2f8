import { FactornetError } from '@factornet/spec';
import { io, type LayersModel, loadLayersModel } from '@tensorflow/tfjs';
import { integrityOf } from './digest';

/** A Layers model as the two files that hold it. */
export interface ModelBytes {
  readonly topology: Uint8Array<ArrayBuffer>;
  readonly weights: Uint8Array<ArrayBuffer>;
}

/**
 * Encodes a Layers model as `model.json` and one weight file, in the standard format that
 * `tf.loadLayersModel` opens. Equal models with equal layer names give equal bytes.
 *
 * @param weightsFile name under which the topology refers to the weights
 */
export async function encodeModel(model: LayersModel, weightsFile: string): Promise<ModelBytes> {
  let artifacts: io.ModelArtifacts | undefined;
  await model.save(
    io.withSaveHandler(async (saved) => {
      artifacts = saved;
      return { modelArtifactsInfo: { dateSaved: new Date(0), modelTopologyType: 'JSON' } };
    }),
  );
  if (artifacts?.weightData === undefined) {
    throw new FactornetError('empty-model', `The model "${model.name}" saved no weights.`);
  }
  const topology = {
    format: 'layers-model',
    generatedBy: `TensorFlow.js tfjs-layers`,
    convertedBy: null,
    // Without the release of TensorFlow.js, or each release would give every model a new digest.
    modelTopology: { ...artifacts.modelTopology, keras_version: 'tfjs-layers' },
    weightsManifest: [{ paths: [weightsFile], weights: artifacts.weightSpecs }],
  };
  return {
    topology: new TextEncoder().encode(`${JSON.stringify(topology)}\n`),
    weights: new Uint8Array(io.CompositeArrayBuffer.join(artifacts.weightData)),
  };
}

/** The inverse of {@link encodeModel}. */
export async function decodeModel({ topology, weights }: ModelBytes): Promise<LayersModel> {
  const { modelTopology, weightsManifest } = JSON.parse(new TextDecoder().decode(topology)) as {
    modelTopology: object;
    weightsManifest: { weights: io.WeightsManifestEntry[] }[];
  };
  return loadLayersModel(
    io.fromMemory({
      modelTopology,
      weightSpecs: weightsManifest.flatMap((group) => group.weights),
      weightData: weights.buffer.slice(weights.byteOffset, weights.byteOffset + weights.byteLength),
    }),
  );
}

/** Digest of a model's topology and weights: two models with one digest compute the same function. */
export async function modelDigest(model: LayersModel): Promise<string> {
  const { topology, weights } = await encodeModel(model, 'weights.bin');
  return integrityOf(topology, weights);
}
