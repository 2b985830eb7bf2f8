import { LIMITS, RefusedPackageError } from '@factornet/spec';
import type { io } from '@tensorflow/tfjs';
import { parseJson } from '../model-files/parse-json';
import type { ModelBytes } from '../model-files/two-files';
import { inferTopology } from './infer-topology';
import { recordOf } from './json-value';
import { product, Refusal, type Shape } from './layer-config';
import { checkWeightsManifest } from './weight-specs';
import { checkWeightValues } from './weight-values';

/** What a model will be once it is made. */
export interface InspectedModel {
  readonly modelTopology: object;
  readonly weightSpecs: io.WeightsManifestEntry[];
  /** Of one example each, the batch axis left out. */
  readonly inputs: readonly Shape[];
  readonly outputs: readonly Shape[];
  /** Values in all weights, moving averages included. */
  readonly parameters: number;
  /** Multiply–accumulate operations of convolutions and fully connected layers for one picture. */
  readonly multiplyAdds: number;
}

/**
 * Reads the topology of a stored Layers model and holds its weight file against it, before anything is allocated: the
 * layers are of an allow-list, every shape follows from the layer before and keeps within the limits, and the weight
 * specifications are the topology's own, fill the file to the byte and hold finite numbers.
 *
 * @param source file or package, for messages
 * @throws RefusedPackageError
 */
export function inspectModel({ topology, weights }: ModelBytes, source: string): InspectedModel {
  const inspected = inspectTopology(topology, { bytes: weights.length }, source);
  refuseAs(source, () => checkWeightValues(inspected.weightSpecs, weights));
  return inspected;
}

/**
 * As {@link inspectModel}, without the weight file: with what is known of it.
 *
 * @param weights its length and, if known, the name under which the topology has to refer to it
 * @param pictures how many golden probes it is there to be run on
 * @throws RefusedPackageError
 */
export function inspectTopology(
  topology: Uint8Array,
  weights: { readonly path?: string; readonly bytes: number },
  source: string,
  pictures = 1,
): InspectedModel {
  return refuseAs(source, () => {
    const { modelTopology, weightsManifest } = parseTopology(topology, source);
    const inferred = inferTopology(modelTopology);
    if (inferred.operations * pictures > LIMITS.probeOperations) {
      throw new Refusal('shape', `its ${pictures} probes take ${inferred.operations} operations each`);
    }
    const weightSpecs = checkWeightsManifest(weightsManifest, inferred.weights, weights);
    const parameters = [...inferred.weights.values()].reduce((sum, shape) => sum + product(shape), 0);
    const { inputs, outputs, multiplyAdds } = inferred;
    return { modelTopology: modelTopology as object, weightSpecs, inputs, outputs, parameters, multiplyAdds };
  });
}

/** Gives a refusal of `work` the name of what is refused. @throws RefusedPackageError */
export function refuseAs<T>(source: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    throw new RefusedPackageError({ source, rule: error.rule, found: error.found });
  }
}

function parseTopology(topology: Uint8Array, source: string): Readonly<Record<string, unknown>> {
  let json: unknown;
  try {
    json = parseJson(topology, source);
  } catch (cause) {
    if (RefusedPackageError.isInstance(cause)) throw cause;
    throw new Refusal('json', 'it is not JSON');
  }
  return recordOf(json, 'it', ['format', 'generatedBy', 'convertedBy', 'modelTopology', 'weightsManifest']);
}
