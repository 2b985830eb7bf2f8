import { RefusedPackageError } from '@factornet/spec';
import { io, type LayersModel, loadLayersModel } from '@tensorflow/tfjs';
import { type InspectedModel, inspectTopology, refuseAs } from '../topology/inspect-model';
import { printable } from '../topology/json-value';
import { checkWeightValues } from '../topology/weight-values';
import { integrityOf } from './digest';
import { loadBounded } from './load-bounded';
import { parseJson } from './parse-json';
import { isConstraint, storedField } from './stored-fields';
import type { ModelBytes } from './two-files';
import { namedWeights, unfrozen } from './unfrozen';

/**
 * Encodes a Layers model as `model.json` and one weight file, in the standard format that
 * `tf.loadLayersModel` opens. Models that compute the same, with equal layer names, give equal bytes: what only training
 * looks at is left out. So weights lie in the order that they have in a model none of which is frozen, and there are no
 * weight constraints, which TensorFlow.js applies to weights as it loads them.
 *
 * @param weightsFile name under which the topology refers to the weights
 * @throws DisposedError
 */
export async function encodeModel(model: LayersModel, weightsFile: string): Promise<ModelBytes> {
  const { modelTopology, weights } = unfrozen(model, () => ({
    modelTopology: model.toJSON(null, false) as unknown as object,
    weights: namedWeights(model),
  }));
  const { data, specs } = await io.encodeWeights(weights);
  const topology = {
    format: 'layers-model',
    generatedBy: `TensorFlow.js tfjs-layers`,
    convertedBy: null,
    // Without the release of TensorFlow.js, or each release would give every model a new digest.
    modelTopology: { ...modelTopology, keras_version: 'tfjs-layers' },
    weightsManifest: [{ paths: [weightsFile], weights: specs }],
  };
  const text = JSON.stringify(topology, (key, value) => storedField(key, value, specs));
  return { topology: new TextEncoder().encode(`${text}\n`), weights: new Uint8Array(data) };
}

/**
 * The inverse of {@link encodeModel}, for models that are no packages: whatever layers they consist of, but with no more
 * weights than the file holds. Weights come as they lie in the file, whatever constraints the topology names: it may have
 * been written by others.
 *
 * @param source file, for messages
 * @throws RefusedPackageError
 */
export async function decodeModel(
  { topology, weights }: ModelBytes,
  source = 'The model',
): Promise<LayersModel> {
  // Refuses what is nested too deeply or holds too much.
  parseJson(topology, source);
  const { modelTopology, weightsManifest } = JSON.parse(new TextDecoder().decode(topology), (key, value) =>
    isConstraint(key) ? null : value,
  ) as { modelTopology: object; weightsManifest: { weights: io.WeightsManifestEntry[] }[] };
  const specs = weightsManifest.flatMap((group) => group.weights);
  try {
    return await loadBounded(modelTopology, specs, weights);
  } catch (error) {
    return refuseAs(source, () => {
      throw error;
    });
  }
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

/**
 * Digest of a model's topology and weights: two models with one digest compute the same function. Freezing, which changes
 * no answer, changes no digest.
 */
export async function modelDigest(model: LayersModel): Promise<string> {
  const { topology, weights } = await encodeModel(model, 'weights.bin');
  return integrityOf(topology, weights);
}
