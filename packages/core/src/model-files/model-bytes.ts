import { FactornetError, RefusedPackageError } from '@factornet/spec';
import { io, type LayersModel, loadLayersModel } from '@tensorflow/tfjs';
import { type InspectedModel, inspectTopology, refuseAs } from '../topology/inspect-model';
import { printable } from '../topology/json-value';
import { checkWeightValues } from '../topology/weight-values';
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

/** The inverse of {@link encodeModel}, for models of one's own: whatever layers they consist of. */
export async function decodeModel({ topology, weights }: ModelBytes): Promise<LayersModel> {
  const { modelTopology, weightsManifest } = JSON.parse(new TextDecoder().decode(topology)) as {
    modelTopology: object;
    weightsManifest: { weights: io.WeightsManifestEntry[] }[];
  };
  return load(
    modelTopology,
    weightsManifest.flatMap((group) => group.weights),
    weights,
  );
}

/**
 * As {@link decodeModel}, for models of a stranger: {@link inspectTopology} comes first, so that nothing is allocated for a
 * model that is not what packages may hold.
 *
 * @param source file or package, for messages
 * @throws RefusedPackageError
 */
export async function decodePackedModel(
  bytes: ModelBytes,
  source: string,
): Promise<{ model: LayersModel; inspected: InspectedModel }> {
  const inspected = inspectTopology(bytes.topology, { bytes: bytes.weights.length }, source);
  return { model: await loadInspected(inspected, bytes.weights, source), inspected };
}

/**
 * Makes a model whose topology was inspected.
 *
 * @throws RefusedPackageError if a weight is not a finite number, or TensorFlow.js does not take it
 */
export async function loadInspected(
  { modelTopology, weightSpecs }: InspectedModel,
  weights: Uint8Array<ArrayBuffer>,
  source: string,
): Promise<LayersModel> {
  refuseAs(source, () => checkWeightValues(weightSpecs, weights));
  try {
    return await load(modelTopology, weightSpecs, weights);
  } catch (cause) {
    const found = `TensorFlow.js does not take it: ${printable(cause instanceof Error ? cause.message : String(cause))}`;
    throw new RefusedPackageError({ source, rule: 'topology', found }, { cause });
  }
}

function load(
  modelTopology: object,
  weightSpecs: io.WeightsManifestEntry[],
  weights: Uint8Array<ArrayBuffer>,
) {
  const { buffer, byteOffset, byteLength } = weights;
  const whole = byteLength === buffer.byteLength;
  const weightData = whole ? buffer : buffer.slice(byteOffset, byteOffset + byteLength);
  return loadLayersModel(io.fromMemory({ modelTopology, weightSpecs, weightData }));
}

/** Digest of a model's topology and weights: two models with one digest compute the same function. */
export async function modelDigest(model: LayersModel): Promise<string> {
  const { topology, weights } = await encodeModel(model, 'weights.bin');
  return integrityOf(topology, weights);
}
