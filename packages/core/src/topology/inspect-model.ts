import { RefusedPackageError } from '@factornet/spec';
import type { io } from '@tensorflow/tfjs';
import type { ModelBytes } from '../model-files/model-bytes';
import { parseJson } from '../model-files/parse-json';
import { inferTopology } from './infer-topology';
import { product, Refusal, type Shape } from './layer-config';
import { checkWeightSpecs } from './weight-specs';
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
  try {
    const json = parseTopology(new TextDecoder().decode(topology), source);
    const { modelTopology, weightsManifest } = json as {
      modelTopology?: unknown;
      weightsManifest?: unknown;
    };
    const inferred = inferTopology(modelTopology);
    const groups = Array.isArray(weightsManifest) ? weightsManifest : [];
    if (groups.length !== 1) throw new Refusal('weight-spec', 'the weights are not in one group');
    const weightSpecs = checkWeightSpecs(groups[0]?.weights, inferred.weights, weights.length);
    checkWeightValues(weightSpecs, weights);
    const parameters = [...inferred.weights.values()].reduce((sum, shape) => sum + product(shape), 0);
    const { inputs, outputs, multiplyAdds } = inferred;
    return { modelTopology: modelTopology as object, weightSpecs, inputs, outputs, parameters, multiplyAdds };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    throw new RefusedPackageError({ source, rule: error.rule, found: error.found });
  }
}

function parseTopology(text: string, source: string): object {
  try {
    return Object(parseJson(text, source));
  } catch (cause) {
    if (RefusedPackageError.isInstance(cause)) throw cause;
    throw new Refusal('topology', 'the file is not JSON');
  }
}
